package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/** Layers that apply a function to each number of any sample. Their output is as large as their input. */
public sealed interface ActivationLayer extends Layer {
    @Override
    default MaskingLayer.Use useOfMask() {
        return MaskingLayer.Use.PASSED_ON;
    }

    @Override
    default Shape outputShape(final Shape input) {
        return input;
    }

    /**
     * x where x is above 0, negativeSlope * x elsewhere (keras.io/api/layers/activation_layers/leaky_relu).
     *
     * @param negativeSlope at least 0; Keras' default 0.3
     */
    record LeakyReLU(double negativeSlope) implements ActivationLayer {
        public LeakyReLU {
            if (!(negativeSlope >= 0 && negativeSlope <= Double.MAX_VALUE)) {
                throw new InvalidInputException("LeakyReLU needs a negative slope of at least 0, but the negative slope"
                        + " is " + negativeSlope + ".");
            }
        }

        public LeakyReLU() {
            this(0.3);
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.leakyRelu(negativeSlope);
        }
    }

    /**
     * x where x is above 0, alpha * x elsewhere, with an alpha for each number of a sample that is learned: He and others,
     * 2015 (keras.io/api/layers/activation_layers/prelu).
     *
     * @param alphaInitializer Keras' default ZEROS
     * @param sharedAxes axes along which all numbers share an alpha, counted from 1: 1 and 2 for one alpha per channel of an
     *     image
     */
    record PReLU(Initializer alphaInitializer, List<Integer> sharedAxes) implements ActivationLayer {
        public PReLU {
            sharedAxes = List.copyOf(sharedAxes);
        }

        @Override
        public Shape outputShape(final Shape input) {
            if (sharedAxes.stream().anyMatch(axis -> axis < 1 || axis > input.rank())) {
                throw new InvalidInputException("PReLU shares its alphas along axes from 1 to " + input.rank()
                        + " of an input of the shape " + input + ", but the axes are " + sharedAxes + ".");
            }
            return input;
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            final List<Integer> sizes = new ArrayList<>(input.dimensions());
            sharedAxes.forEach(axis -> sizes.set(axis - 1, 1));
            return List.of(WeightSpec.of("alpha", alphaInitializer, true, new Shape(sizes)));
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.relu().sub(call.weight("alpha").mul(x.neg().relu()));
        }
    }

    /**
     * x where x is above 0, alpha * (exp(x) - 1) elsewhere: Clevert, Unterthiner and Hochreiter, 2015.
     *
     * @param alpha a number; Keras' default 1
     */
    record ELU(double alpha) implements ActivationLayer {
        public ELU {
            if (!Double.isFinite(alpha)) {
                throw new InvalidInputException("ELU needs a number as alpha, but alpha is " + alpha + ".");
            }
        }

        public ELU() {
            this(1);
        }

        @Override
        public Activation activation() {
            return Activation.ELU;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.elu(alpha);
        }
    }

    /**
     * x times the normal distribution's cumulative probability of x: Hendrycks and Gimpel, 2016.
     *
     * @param approximate whether the probability is approximated with a hyperbolic tangent; Keras' default false
     */
    record GELU(boolean approximate) implements ActivationLayer {
        @Override
        public Activation activation() {
            return Activation.GELU;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return approximate ? x.geluByTanh() : x.gelu();
        }
    }

    /** x * sigmoid(x). */
    record SiLU() implements ActivationLayer {
        @Override
        public Activation activation() {
            return Activation.SILU;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.silu();
        }
    }

    /** 1 / (1 + exp(-x)). */
    record Sigmoid() implements ActivationLayer {
        @Override
        public Activation activation() {
            return Activation.SIGMOID;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.sigmoid();
        }
    }

    /** The hyperbolic tangent. */
    record Tanh() implements ActivationLayer {
        @Override
        public Activation activation() {
            return Activation.TANH;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.tanh();
        }
    }

    /** exp(x) over the sum of exp(x) along the last axis: features of a vector, channels of an image. */
    record Softmax() implements ActivationLayer {
        @Override
        public Activation activation() {
            return Activation.SOFTMAX;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.softmax(-1);
        }
    }
}
