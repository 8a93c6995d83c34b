package org.gradienttape.torch.feed;

import java.util.Arrays;
import java.util.Optional;
import org.gradienttape.data.ClassWeights;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Target;
import org.gradienttape.data.TargetScaling;
import org.gradienttape.metric.Predictions;
import org.gradienttape.metric.Targets;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;

/**
 * What there is to learn about the samples of a dataset: as steps see it, scaled, and as metrics see it, in its own units.
 *
 * @param dataset with a target
 * @param classWeights how much each class counts for the loss, by label; none if all count alike
 */
public record StepTargets(Dataset dataset, float[] classWeights) {
    /** Of data to learn from. */
    public static StepTargets ofTraining(final Dataset dataset, final ClassWeights weights) {
        return weights instanceof ClassWeights.None
                ? ofValidation(dataset)
                : new StepTargets(dataset, weights.of(dataset));
    }

    /** Of data that are only looked at, where all classes count alike. */
    public static StepTargets ofValidation(final Dataset dataset) {
        return new StepTargets(dataset, new float[0]);
    }

    /**
     * What a step gets.
     *
     * @param x the samples of the batch, which are what an autoencoder learns
     * @return the labels, [batch], int64; or numbers, [batch, numbers], float32; or x
     */
    public Tensor tensor(final Machine machine, final int[] samples, final Tensor x) {
        if (dataset.target() instanceof Target.Classes) {
            return machine.tensor(
                    Arrays.stream(samples).mapToLong(dataset::label).toArray(), samples.length);
        }
        if (dataset.target() instanceof Target.Numbers numbers) {
            final int columns = numbers.scalings().size();
            final float[] scaled = new float[samples.length * columns];
            for (int i = 0; i < scaled.length; i++) {
                final TargetScaling scaling = numbers.scalings().get(i % columns);
                scaled[i] = scaling.scaled(dataset.number(samples[i / columns], i % columns));
            }
            return machine.tensor(scaled, samples.length, columns);
        }
        return x;
    }

    /** How much samples count for the loss, [batch]; empty if all count alike. */
    public Optional<Tensor> weights(final Machine machine, final int[] samples) {
        if (!dataset.info().weighted() && classWeights.length == 0) {
            return Optional.empty();
        }
        final float[] weights = new float[samples.length];
        for (int i = 0; i < weights.length; i++) {
            final float ofClass = classWeights.length == 0 ? 1 : classWeights[dataset.label(samples[i])];
            weights[i] = dataset.weight(samples[i]) * ofClass;
        }
        return Optional.of(machine.tensor(weights, weights.length));
    }

    /** What metrics see. */
    public Targets targets(final int[] samples) {
        return weighted(unweighted(samples), samples);
    }

    private Targets unweighted(final int[] samples) {
        if (dataset.target() instanceof Target.Classes) {
            return Targets.ofClasses(Arrays.stream(samples).map(dataset::label).toArray());
        }
        if (dataset.target() instanceof Target.Numbers numbers) {
            final int columns = numbers.scalings().size();
            final double[] own = new double[samples.length * columns];
            for (int i = 0; i < own.length; i++) {
                own[i] = dataset.number(samples[i / columns], i % columns);
            }
            return Targets.ofNumbers(own, columns);
        }
        final int columns = dataset.sampleShape().size();
        final double[] numbers = new double[samples.length * columns];
        for (int i = 0; i < samples.length; i++) {
            final float[] sample = dataset.numbers(samples[i]);
            for (int column = 0; column < columns; column++) {
                numbers[i * columns + column] = sample[column];
            }
        }
        return Targets.ofNumbers(numbers, columns);
    }

    /**
     * What metrics see where a step told them something else than the batch's own.
     *
     * @param told labels, or scaled numbers, as many for each of its rows
     * @param rows how many there are
     */
    public Targets targets(final float[] told, final int rows, final int[] samples) {
        if (dataset.target() instanceof Target.Classes) {
            final int[] labels = new int[told.length];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = (int) told[i];
            }
            return weighted(Targets.ofClasses(labels), samples);
        }
        final int columns = told.length / rows;
        final double[] own = new double[told.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = unscaled(told[i], i % columns, columns);
        }
        return weighted(Targets.ofNumbers(own, columns), samples);
    }

    /** Outputs in the units of the target. */
    public Predictions unscaled(final Predictions outputs) {
        if (!(dataset.target() instanceof Target.Numbers)) {
            return outputs;
        }
        final float[] own = new float[outputs.values().length];
        for (int i = 0; i < own.length; i++) {
            own[i] = (float) unscaled(outputs.values()[i], i % outputs.columns(), outputs.columns());
        }
        return new Predictions(own, outputs.rows(), outputs.columns());
    }

    private double unscaled(final float output, final int column, final int columns) {
        return dataset.target() instanceof Target.Numbers numbers
                        && columns == numbers.scalings().size()
                ? numbers.scalings().get(column).unscaled(output)
                : output;
    }

    /** Rows that are the batch's own, or stand for them, count as these do. */
    private Targets weighted(final Targets targets, final int[] samples) {
        if (!dataset.info().weighted() || targets.rows() != samples.length) {
            return targets;
        }
        final float[] weights = new float[samples.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = dataset.weight(samples[i]);
        }
        return targets.weighted(weights);
    }
}
