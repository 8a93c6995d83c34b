package org.gradienttape.learner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.callback.CallbacksConfig.NonFiniteLoss;
import org.gradienttape.callback.EarlyStoppingConfig;
import org.gradienttape.callback.EarlyStoppingConfig.Kept;
import org.gradienttape.callback.Schedule;
import org.gradienttape.callback.Watch;
import org.gradienttape.data.ClassWeights;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.Target;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.metric.MetricsConfig.Kind;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;

/**
 * Settings of a network that learns classes or numbers from the rows of a table: hidden layers with ReLU, then an output for
 * each class or number; Adam; the weights of the best epoch.
 *
 * @param hidden units of each hidden layer, each at least 1; none for a linear model
 * @param dropout share of each hidden layer's outputs that is set to 0 in training, at least 0 and below 1
 * @param learningRate of Adam, above 0
 * @param batchSize rows per update, at least 1
 * @param epochs the most passes over the rows, at least 1
 * @param patience epochs without a smaller validation loss after which training ends, at least 0
 * @param classWeights how much the classes count
 * @param seed of weights, shuffling and Dropout
 */
public record LearnerConfig(
        List<Integer> hidden,
        double dropout,
        double learningRate,
        int batchSize,
        int epochs,
        int patience,
        ClassWeights classWeights,
        long seed) {
    /** What works without a look. */
    public static final LearnerConfig DEFAULT =
            new LearnerConfig(List.of(64, 64), 0, 1e-3, 32, 200, 20, ClassWeights.NONE, 0);

    private static final MetricsConfig OF_NUMBERS =
            new MetricsConfig(Set.of(Kind.MEAN_ABSOLUTE_ERROR, Kind.ROOT_MEAN_SQUARED_ERROR, Kind.R2), 1);
    /** So small at first that the network says next to nothing of its own: all classes alike, or the mean. */
    private static final float OF_THE_OUTPUT = 0.1f;
    /** A row in the step log at the first step of each epoch and every so many. */
    private static final int LOG_EVERY = 200;

    public LearnerConfig {
        hidden = List.copyOf(hidden);
        for (final int units : hidden) {
            if (units < 1) {
                throw new InvalidInputException(
                        "A hidden layer needs at least 1 unit, but one has " + units + "; correct the hidden layers.");
            }
        }
    }

    /** The same with another number of epochs. */
    LearnerConfig withEpochs(final int other) {
        return new LearnerConfig(hidden, dropout, learningRate, batchSize, other, patience, classWeights, seed);
    }

    /** What is reported for a target, beside the loss. */
    public static MetricsConfig metrics(final Target target) {
        return target instanceof Target.Classes ? MetricsConfig.ACCURACY : OF_NUMBERS;
    }

    /**
     * The network for some rows.
     *
     * @throws InvalidInputException if there are not at least two classes, or the target is neither classes nor numbers
     */
    public Network network(final DatasetInfo rows) {
        final List<Layer> layers = new ArrayList<>();
        for (final int units : hidden) {
            layers.add(new Layer.Dense(units, Activation.RELU));
            if (dropout > 0) {
                layers.add(new Layer.Dropout(dropout));
            }
        }
        layers.add(new Layer.Dense(outputs(rows), Activation.NONE));
        return Network.of(rows.sampleShape(), layers);
    }

    private static int outputs(final DatasetInfo rows) {
        if (rows.target() instanceof Target.Numbers numbers) {
            return numbers.scalings().size();
        }
        if (rows.classes() < 2) {
            throw new InvalidInputException("At least two classes were expected in " + rows.name() + ", but it has "
                    + (rows.classes() == 0
                            ? "none"
                            : "the class " + rows.classNames().get(0) + " alone")
                    + "; choose another target column.");
        }
        return rows.classes();
    }

    /**
     * A run of the trainer's loop.
     *
     * @param validation decides which epoch was the best; without it the last one counts
     */
    public TrainingJob job(final Dataset training, final Optional<Dataset> validation, final Compute compute) {
        final Network network = network(training.info());
        final boolean numbers = training.target() instanceof Target.Numbers;
        return new TrainingJob(
                new Model(network, start(network), Provenance.of("Neural Network Learner")),
                training,
                validation,
                new Objective(
                        numbers ? new Loss.MeanSquaredError() : new Loss.SparseCategoricalCrossentropy(),
                        metrics(training.target()),
                        classWeights),
                Update.of(new OptimizerConfig.Adam(learningRate)),
                new TrainingConfig(epochs, batchSize, 0, seed, LOG_EVERY),
                callbacks(validation.isPresent()),
                compute);
    }

    /** Keras' weights, those of the output a tenth as large. */
    private Weights start(final Network network) {
        final Weights initial = Weights.initial(network, seed);
        final Map<String, float[]> values = new HashMap<>();
        initial.names().forEach(name -> values.put(name, initial.get(name)));
        final Network.Node output = network.last();
        output.weights().stream()
                .map(weight -> values.get(output.weightName(weight)))
                .forEach(LearnerConfig::makeSmall);
        return Weights.of(network, values);
    }

    private static void makeSmall(final float[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] *= OF_THE_OUTPUT;
        }
    }

    /** What happens between the steps. */
    public CallbacksConfig callbacks(final boolean isValidated) {
        return new CallbacksConfig(
                new Schedule.Constant(),
                Optional.empty(),
                isValidated
                        ? Optional.of(new EarlyStoppingConfig(new Watch("Validation loss", 0), patience, Kept.BEST))
                        : Optional.empty(),
                Optional.empty(),
                NonFiniteLoss.FAIL);
    }
}
