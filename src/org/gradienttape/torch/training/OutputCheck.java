package org.gradienttape.torch.training;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.gradienttape.data.ClassNames;
import org.gradienttape.data.ClassWeights;
import org.gradienttape.data.Target;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.metric.MetricsConfig.Kind;

/** Whether a model's output fits what there is to learn about some data, for a loss and for metrics. */
final class OutputCheck {
    private static final Shape ONE = Shape.of(1);

    /** What metrics of classes are called; a model of one output can only tell two apart. */
    private static final Map<Kind, String> OF_CLASSES = Map.of(
            Kind.ACCURACY, "Accuracy",
            Kind.TOP_K_ACCURACY, "Top-k accuracy",
            Kind.PRECISION, "Precision",
            Kind.RECALL, "Recall",
            Kind.F1, "F1",
            Kind.AUC, "AUC");

    private static final Set<Class<? extends Loss>> ONE_OUTPUT_PER_CLASS = Set.of(
            Loss.SparseCategoricalCrossentropy.class, Loss.CategoricalCrossentropy.class, Loss.KlDivergence.class);
    private static final Set<Class<? extends Loss>> OF_CLASSES_ALONE = Set.of(
            Loss.SparseCategoricalCrossentropy.class,
            Loss.CategoricalCrossentropy.class,
            Loss.KlDivergence.class,
            Loss.BinaryCrossentropy.class,
            Loss.Hinge.class);

    private final Network network;
    private final Shape output;
    private final String data;
    private final Target target;
    private final List<String> classNames;
    private final int classes;
    private final boolean isNumbered;

    /**
     * @param data its name, for example "the training data MNIST"
     * @param target what the model is to learn; classes without names if they are not known yet
     */
    OutputCheck(final Network network, final String data, final Target target) {
        this.network = network;
        this.output = network.output();
        this.data = data;
        this.target = target;
        this.classNames = target instanceof Target.Classes known ? known.names() : List.of();
        this.classes = classNames.size();
        this.isNumbered = classes > 0
                && classNames.equals(
                        IntStream.range(0, classes).mapToObj(String::valueOf).toList());
    }

    void loss(final Loss loss) {
        if (target instanceof Target.None) {
            throw new InvalidInputException("Something to learn was expected, but " + data
                    + " has no target; choose a target column when the data are read.");
        }
        if (target instanceof Target.Numbers numbers) {
            lossOfNumbers(loss, numbers);
        } else if (target instanceof Target.Features) {
            lossOfFeatures(loss);
        } else {
            lossOfClasses(loss);
        }
    }

    private void lossOfNumbers(final Loss loss, final Target.Numbers numbers) {
        if (OF_CLASSES_ALONE.contains(loss.getClass())) {
            throw new InvalidInputException("The loss tells classes apart, but the target of " + data + " is "
                    + said(numbers) + "; choose mean squared error, mean absolute error or Huber.");
        }
        final int needed = numbers.scalings().size();
        if (!output.equals(Shape.of(needed))) {
            throw new InvalidInputException("The model needs one output for " + (needed == 1 ? "" : "each of ")
                    + said(numbers) + " of " + data + ", but its output has the shape " + output
                    + "; let it end with a Dense layer of " + needed + (needed == 1 ? " unit" : " units")
                    + " without activation.");
        }
    }

    private static String said(final Target.Numbers numbers) {
        return (numbers.scalings().size() == 1 ? "the number " : "the numbers ") + numbers;
    }

    /** Cross-entropy of each number by itself is usual for pixels of 0 to 1. */
    private void lossOfFeatures(final Loss loss) {
        if (OF_CLASSES_ALONE.contains(loss.getClass()) && !(loss instanceof Loss.BinaryCrossentropy)) {
            throw new InvalidInputException("The loss tells classes apart, but the target of " + data
                    + " is the samples themselves; choose mean squared error, mean absolute error, Huber or binary"
                    + " cross-entropy.");
        }
        if (output.size() != network.input().size()) {
            throw new InvalidInputException("The model should give back samples of the shape " + network.input()
                    + ", as the target of " + data + " asks, but its output has the shape " + output
                    + "; let it end in the shape of its input.");
        }
    }

    private void lossOfClasses(final Loss loss) {
        if (loss instanceof Loss.BinaryCrossentropy) {
            oneOutput();
            twoClasses("The binary loss", "choose sparse categorical cross-entropy or other data");
        } else if (ONE_OUTPUT_PER_CLASS.contains(loss.getClass())) {
            outputPerClass("");
        } else if (!output.equals(ONE)) {
            outputPerClass(", or a single output for the label as a number");
        } else if (loss instanceof Loss.Hinge) {
            twoClasses("The hinge loss of one output", "give the model one output per class or choose other data");
        } else {
            labelsAreNumbers();
        }
        if (loss instanceof Loss.KlDivergence) {
            probabilities();
        }
    }

    void metrics(final Objective objective) {
        final MetricsConfig metrics = objective.metrics();
        if (!(target instanceof Target.Classes)) {
            metricsOfNumbers(metrics);
            return;
        }
        if (output.equals(ONE)
                && !ONE_OUTPUT_PER_CLASS.contains(objective.loss().getClass())) {
            metrics.kinds().stream()
                    .filter(kind -> OF_CLASSES.containsKey(kind) && kind != Kind.TOP_K_ACCURACY)
                    .findFirst()
                    .ifPresent(kind -> twoClasses(
                            OF_CLASSES.get(kind) + " of one output",
                            "leave this metric out or give the model one output per class"));
        }
        if (metrics.kinds().contains(Kind.TOP_K_ACCURACY) && metrics.topK() >= output.size()) {
            throw new InvalidInputException("Top-" + metrics.topK() + " accuracy needs more outputs than "
                    + metrics.topK() + ", but the model's output has the shape " + output
                    + "; choose a smaller k or leave this metric out.");
        }
    }

    /** Classes alone can be weighted. */
    void weights(final ClassWeights weights) {
        if (!(weights instanceof ClassWeights.None) && !(target instanceof Target.Classes)) {
            throw new InvalidInputException(
                    "Class weights need classes, but the target of " + data + " is numbers; choose no class weights.");
        }
    }

    private void metricsOfNumbers(final MetricsConfig metrics) {
        final Set<Kind> ofClasses = EnumSet.noneOf(Kind.class);
        ofClasses.addAll(metrics.kinds());
        ofClasses.retainAll(OF_CLASSES.keySet());
        ofClasses.stream().findFirst().ifPresent(kind -> {
            throw new InvalidInputException(OF_CLASSES.get(kind) + " tells how often a class is right, but " + data
                    + " has numbers as the target; choose the metrics mean absolute error or mean squared error.");
        });
    }

    private void oneOutput() {
        if (!output.equals(ONE)) {
            throw new InvalidInputException("The binary loss needs one output, but the model's output has the shape "
                    + output + "; let the model end with a Dense layer of 1 unit.");
        }
    }

    private void twoClasses(final String what, final String remedy) {
        if (classes > 2) {
            throw new InvalidInputException(
                    what + " tells 2 classes apart, but " + data + " has " + classes + "; " + remedy + ".");
        }
    }

    /** A single output is held against the label itself, which must then be the number that it is called. */
    private void labelsAreNumbers() {
        final boolean numbers = classNames.stream().anyMatch(ClassNames::isNumber);
        if (!isNumbered && (numbers || classes > 2)) {
            throw new InvalidInputException("The loss holds a single output against the number of the class, but the"
                    + " classes of " + data + " are not called 0, 1 and so on, but " + ClassNames.some(classNames)
                    + "; give the model one output per class.");
        }
    }

    private void outputPerClass(final String alternative) {
        final int needed = Math.max(1, classes);
        if (output.rank() != 1 || output.last() < needed) {
            throw new InvalidInputException("The loss needs one output per class, so at least " + needed + " for "
                    + data + positions() + alternative + ", but the model's output has the shape " + output
                    + "; let the model end with a Dense layer of " + needed + " units.");
        }
    }

    /** Why labels 1 to 3 need 4 outputs. */
    private String positions() {
        return isNumbered && output.rank() == 1 && output.last() == classes - 1
                ? " (its labels are numbers up to " + (classes - 1) + ", and each number is the place of an output,"
                        + " counted from 0)"
                : "";
    }

    private void probabilities() {
        final Network.Node last = network.last();
        if (last.layer().activation() != Activation.SOFTMAX) {
            throw new InvalidInputException("The Kullback-Leibler divergence needs probabilities, but the model's last"
                    + " layer " + last.name() + " gives other numbers; let the model end with softmax.");
        }
    }
}
