package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.gradienttape.data.ClassWeights;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.Target;
import org.gradienttape.data.TargetScaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.metric.MetricsConfig.Kind;
import org.gradienttape.model.Outline;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.Training;
import org.junit.jupiter.api.Test;

/** Which outputs fit which losses and metrics. */
class OutputCheckTest {
    private static final MetricsConfig NONE = new MetricsConfig(Set.of(), 5);

    @Test
    void regressionLossesTakeOneOutputPerClassOrASingleOne() {
        for (final Loss loss : List.of(new Loss.MeanSquaredError(), new Loss.MeanAbsoluteError(), new Loss.Huber(1))) {
            assertThatCode(() -> check(outputs(10), 10, new Objective(loss, NONE)))
                    .doesNotThrowAnyException();
            assertThatCode(() -> check(outputs(1), 10, new Objective(loss, NONE)))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> check(outputs(5), 10, new Objective(loss, NONE)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The loss needs one output per class, so at least 10 for the training data MNIST, or a"
                            + " single output for the label as a number, but the model's output has the shape 5; let"
                            + " the model end with a Dense layer of 10 units.");
        }
    }

    /** The target of a single output is the label, 0, 1, 2; for classes called 1, 5, 10 that would be another number. */
    @Test
    void aSingleOutputNeedsLabelsThatAreTheNumbersTheyAreCalled() {
        for (final Loss loss : List.of(new Loss.MeanSquaredError(), new Loss.MeanAbsoluteError(), new Loss.Huber(1))) {
            for (final List<String> names :
                    List.of(List.of("1", "5", "10"), List.of("-1", "1"), List.of("cat", "dog", "rat"))) {
                assertThatThrownBy(() -> check(outputs(1), names, new Objective(loss, NONE)))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessage("The loss holds a single output against the number of the class, but the classes of"
                                + " the training data MNIST are not called 0, 1 and so on, but "
                                + String.join(", ", names) + "; give the model one output per class.");
                assertThatCode(() -> check(outputs(3), names, new Objective(loss, NONE)))
                        .doesNotThrowAnyException();
            }
            assertThatCode(() -> check(outputs(1), List.of("no", "yes"), new Objective(loss, NONE)))
                    .doesNotThrowAnyException();
        }
        assertThatCode(() -> check(outputs(1), List.of("-1", "1"), Objective.of(new Loss.BinaryCrossentropy())))
                .doesNotThrowAnyException();
    }

    @Test
    void oneOutputTooFewForNumberedLabelsSaysThatTheyCountFromZero() {
        final Objective objective = Objective.of(new Loss.SparseCategoricalCrossentropy());

        assertThatThrownBy(() -> check(outputs(3), 4, objective)) // labels 1 to 3 have the places 0 to 3
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The loss needs one output per class, so at least 4 for the training data MNIST (its labels"
                        + " are numbers up to 3, and each number is the place of an output, counted from 0), but the"
                        + " model's output has the shape 3; let the model end with a Dense layer of 4 units.");
        assertThatThrownBy(() -> check(outputs(2), 4, objective)).hasMessageNotContaining("counted from 0");
    }

    @Test
    void aHingeOfOneOutputTellsTwoClassesApart() {
        assertThatCode(() -> check(outputs(1), 2, Objective.of(new Loss.Hinge())))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(outputs(10), 10, Objective.of(new Loss.Hinge())))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check(outputs(1), 10, Objective.of(new Loss.Hinge())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The hinge loss of one output tells 2 classes apart, but the training data MNIST has 10;"
                        + " give the model one output per class or choose other data.");
    }

    @Test
    void theBinaryLossTakesOneOutputForTwoClasses() {
        final Objective objective = Objective.of(new Loss.BinaryCrossentropy());

        assertThatCode(() -> check(outputs(1), 2, objective)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(outputs(2), 2, objective))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The binary loss needs one output, but the model's output has the shape 2; let the model end"
                                + " with a Dense layer of 1 unit.");
        assertThatThrownBy(() -> check(outputs(1), 3, objective))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The binary loss tells 2 classes apart, but the training data MNIST has 3; choose sparse"
                        + " categorical cross-entropy or other data.");
    }

    @Test
    void numbersHaveNoClassesThatCouldCountMore() {
        final Objective objective = new Objective(new Loss.MeanSquaredError(), NONE, new ClassWeights.Balanced());
        final DatasetInfo numbers = new DatasetInfo(
                "houses",
                1,
                Shape.of(4),
                ElementType.UINT8,
                Scaling.AS_STORED,
                new Target.Numbers(List.of(TargetScaling.none("price"))),
                false,
                Optional.empty());

        assertThatCode(() -> check(outputs(10), 10, objective)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(outputs(1), numbers, objective))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Class weights need classes, but the target of the training data houses is numbers; choose no"
                                + " class weights.");
    }

    @Test
    void theDivergenceNeedsProbabilities() {
        final Objective objective = Objective.of(new Loss.KlDivergence());
        final Network layer =
                Network.of(Shape.of(4), List.of(new Layer.Dense(3, Activation.NONE), new ActivationLayer.Softmax()));
        final Network activation = Network.of(Shape.of(4), List.of(new Layer.Dense(3, Activation.SOFTMAX)));

        assertThatCode(() -> check(layer, 3, objective)).doesNotThrowAnyException();
        assertThatCode(() -> check(activation, 3, objective)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(outputs(3), 3, objective))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The Kullback-Leibler divergence needs probabilities, but the model's last layer dense"
                        + " gives other numbers; let the model end with softmax.");
        assertThatThrownBy(() -> check(outputs(1), 3, objective))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("one output per class, so at least 3");
    }

    @Test
    void oneOutputCannotBeRightAboutManyClasses() {
        for (final Kind kind : EnumSet.of(Kind.ACCURACY, Kind.PRECISION, Kind.RECALL, Kind.F1, Kind.AUC)) {
            final Objective objective = new Objective(new Loss.MeanSquaredError(), new MetricsConfig(Set.of(kind), 5));
            assertThatCode(() -> check(outputs(1), 2, objective)).doesNotThrowAnyException();
            assertThatCode(() -> check(outputs(10), 10, objective)).doesNotThrowAnyException();
            assertThatThrownBy(() -> check(outputs(1), 10, objective))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(" of one output tells 2 classes apart, but the training data MNIST has 10;"
                            + " leave this metric out or give the model one output per class.");
        }
    }

    @Test
    void topKNeedsMoreThanKOutputs() {
        final Objective objective = new Objective(
                new Loss.SparseCategoricalCrossentropy(), new MetricsConfig(Set.of(Kind.TOP_K_ACCURACY), 5));

        assertThatCode(() -> check(outputs(6), 6, objective)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(outputs(5), 5, objective))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Top-5 accuracy needs more outputs than 5, but the model's output has the shape 5; choose a"
                        + " smaller k or leave this metric out.");
    }

    private static void check(final Network network, final int classes, final Objective objective) {
        check(network, IntStream.range(0, classes).mapToObj(String::valueOf).toList(), objective);
    }

    private static void check(final Network network, final List<String> classNames, final Objective objective) {
        final DatasetInfo data =
                new DatasetInfo("MNIST", 1, Shape.of(4), ElementType.UINT8, Scaling.AS_STORED, classNames);
        check(network, data, objective);
    }

    private static void check(final Network network, final DatasetInfo data, final Objective objective) {
        Training.check(new Outline(network, Preprocessing.UNKNOWN), data, Optional.empty(), objective);
    }

    private static Network outputs(final int count) {
        return Network.of(Shape.of(4), List.of(new Layer.Dense(count, Activation.NONE)));
    }
}
