package org.gradienttape.layer;

import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/** Layers that scale and shift their input by numbers that are known beforehand. */
public sealed interface ScalingLayer extends Layer {
    @Override
    default MaskingLayer.Use useOfMask() {
        return MaskingLayer.Use.PASSED_ON;
    }

    @Override
    default Shape outputShape(final Shape input) {
        return input;
    }

    /**
     * x * scale + offset (keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling).
     *
     * @param scale for example 1 / 255
     * @param offset Keras' default 0
     */
    record Rescaling(double scale, double offset) implements ScalingLayer {
        public Rescaling {
            if (!Double.isFinite(scale) || !Double.isFinite(offset)) {
                throw new InvalidInputException(
                        "Rescaling needs numbers as scale and offset, but they are " + scale + " and " + offset + ".");
            }
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.mul(scale).add(offset);
        }
    }

    /**
     * (x - mean) / max(sqrt(variance), 1e-7), or the way back
     * (keras.io/api/layers/preprocessing_layers/numerical/normalization).
     *
     * @param mean one number, or one per place on the last axis
     * @param variance as many, at least 0
     * @param invert whether it computes the way back; Keras' default false
     */
    record Normalization(List<Double> mean, List<Double> variance, boolean invert) implements ScalingLayer {
        private static final double EPSILON = 1e-7;

        public Normalization {
            mean = List.copyOf(mean);
            variance = List.copyOf(variance);
            if (mean.isEmpty() || mean.size() != variance.size()) {
                throw new InvalidInputException("Normalization needs as many means as variances, but there are "
                        + mean.size() + " and " + variance.size() + ".");
            }
            if (!mean.stream().allMatch(Double::isFinite)
                    || !variance.stream().allMatch(number -> number >= 0 && number <= Double.MAX_VALUE)) {
                throw new InvalidInputException("Normalization needs numbers as means and numbers of at least 0 as"
                        + " variances, but they are " + mean + " and " + variance + ".");
            }
        }

        @Override
        public Shape outputShape(final Shape input) {
            if (mean.size() > 1 && (input.rank() == 0 || mean.size() != input.last())) {
                throw new InvalidInputException("Normalization needs one mean, or one for each place on the last axis,"
                        + " but there are " + mean.size() + " and its input has the shape " + input + ".");
            }
            return input;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final Tensor means = row(call, mean);
            final Tensor deviations = row(
                    call,
                    variance.stream()
                            .map(number -> Math.max(Math.sqrt(number), EPSILON))
                            .toList());
            return invert ? x.mul(deviations).add(means) : x.sub(means).div(deviations);
        }

        private static Tensor row(final LayerCall call, final List<Double> numbers) {
            return call.machine()
                    .constant(numbers.stream().mapToDouble(Double::doubleValue).toArray(), numbers.size());
        }
    }
}
