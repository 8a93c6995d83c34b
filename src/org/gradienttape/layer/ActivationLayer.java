package org.gradienttape.layer;

import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/** Layers that apply a function to each number of any sample, without weights. Their output is as large as their input. */
public sealed interface ActivationLayer extends Layer {
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
