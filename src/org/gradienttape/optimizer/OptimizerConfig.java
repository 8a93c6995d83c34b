package org.gradienttape.optimizer;

import org.gradienttape.error.InvalidInputException;

/** Settings of an optimizer, with Keras' names and defaults. The rules stand in the package torch. */
public sealed interface OptimizerConfig {
    /** The step size. */
    double learningRate();

    /**
     * Stochastic gradient descent (keras.io/api/optimizers/sgd).
     *
     * <p>Without momentum w = w - rate * g; with it v = momentum * v - rate * g, then w = w + v, or with Nesterov
     * w = w + momentum * v - rate * g.
     *
     * @param learningRate above 0
     * @param momentum at least 0, at most 1
     * @param nesterov whether the step looks ahead along the momentum
     */
    record Sgd(double learningRate, double momentum, boolean nesterov) implements OptimizerConfig {
        public Sgd {
            checkLearningRate(learningRate);
            if (!(momentum >= 0 && momentum <= 1)) {
                throw new InvalidInputException(
                        "The momentum must be at least 0 and at most 1, but it is " + momentum + ".");
            }
        }

        public Sgd(final double learningRate) {
            this(learningRate, 0, false);
        }
    }

    /**
     * Adam (Kingma and Ba, 2014; keras.io/api/optimizers/adam): m = m + (g - m)(1 - beta1),
     * v = v + (g * g - v)(1 - beta2), w = w - rate * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon).
     *
     * @param learningRate above 0
     * @param beta1 decay of the mean of gradients, at least 0 and below 1; Keras' default 0.9
     * @param beta2 decay of the mean of squares, at least 0 and below 1; Keras' default 0.999
     * @param epsilon above 0; Keras' default 1e-7
     */
    record Adam(double learningRate, double beta1, double beta2, double epsilon) implements OptimizerConfig {
        public Adam {
            checkLearningRate(learningRate);
            checkDecay("beta 1", beta1);
            checkDecay("beta 2", beta2);
            if (!(epsilon > 0 && epsilon <= Double.MAX_VALUE)) {
                throw new InvalidInputException("Epsilon must be a number above 0, but it is " + epsilon + ".");
            }
        }

        public Adam(final double learningRate) {
            this(learningRate, 0.9, 0.999, 1e-7);
        }
    }

    private static void checkLearningRate(final double rate) {
        if (!(rate > 0 && rate <= Double.MAX_VALUE)) {
            throw new InvalidInputException("The learning rate must be a number above 0, but it is " + rate + ".");
        }
    }

    private static void checkDecay(final String name, final double value) {
        if (!(value >= 0 && value < 1)) {
            throw new InvalidInputException(
                    "The " + name + " must be at least 0 and below 1, but it is " + value + ".");
        }
    }
}
