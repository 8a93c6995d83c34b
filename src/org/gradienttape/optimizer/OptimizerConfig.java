package org.gradienttape.optimizer;

import org.gradienttape.error.InvalidInputException;

/** Settings of an optimizer, with Keras' names and defaults. Each has its rule in a class beside. */
public sealed interface OptimizerConfig {
    /** A fresh rule, for one run. */
    UpdateRule rule();

    /** The step size, unless a schedule changes it. */
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
            checkMomentum(momentum);
        }

        public Sgd(final double learningRate) {
            this(learningRate, 0, false);
        }

        @Override
        public UpdateRule rule() {
            return new SgdRule(this);
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
            checkEpsilon(epsilon);
        }

        public Adam(final double learningRate) {
            this(learningRate, 0.9, 0.999, 1e-7);
        }

        @Override
        public UpdateRule rule() {
            return new AdamRule(this);
        }
    }

    /**
     * Adam with decoupled weight decay (Loshchilov and Hutter, 2019; keras.io/api/optimizers/adamw): w = w - rate *
     * weight decay * w, then the update of {@link Adam}. All trainable weights decay, biases too, as in Keras.
     *
     * @param learningRate above 0
     * @param weightDecay at least 0; Keras' default 0.004
     * @param beta1 decay of the mean of gradients, at least 0 and below 1; Keras' default 0.9
     * @param beta2 decay of the mean of squares, at least 0 and below 1; Keras' default 0.999
     * @param epsilon above 0; Keras' default 1e-7
     */
    record AdamW(double learningRate, double weightDecay, double beta1, double beta2, double epsilon)
            implements OptimizerConfig {
        public AdamW {
            checkLearningRate(learningRate);
            checkNotNegative("weight decay", weightDecay);
            checkDecay("beta 1", beta1);
            checkDecay("beta 2", beta2);
            checkEpsilon(epsilon);
        }

        public AdamW(final double learningRate) {
            this(learningRate, 0.004, 0.9, 0.999, 1e-7);
        }

        /** The update that follows the decay. */
        public Adam adam() {
            return new Adam(learningRate, beta1, beta2, epsilon);
        }

        @Override
        public UpdateRule rule() {
            return new AdamWRule(this);
        }
    }

    /**
     * Adam with Nesterov momentum (Dozat, 2015; keras.io/api/optimizers/Nadam). With m and v as in {@link Adam},
     * u(t) = beta1 * (1 - 0.96^t / 2) and U(t) = u(1) * ... * u(t): w = w - rate * (u(t+1) * m / (1 - U(t+1)) +
     * (1 - u(t)) * g / (1 - U(t))) / (sqrt(v / (1 - beta2^t)) + epsilon).
     *
     * @param learningRate above 0
     * @param beta1 decay of the mean of gradients, at least 0 and below 1; Keras' default 0.9
     * @param beta2 decay of the mean of squares, at least 0 and below 1; Keras' default 0.999
     * @param epsilon above 0; Keras' default 1e-7
     */
    record Nadam(double learningRate, double beta1, double beta2, double epsilon) implements OptimizerConfig {
        public Nadam {
            checkLearningRate(learningRate);
            checkDecay("beta 1", beta1);
            checkDecay("beta 2", beta2);
            checkEpsilon(epsilon);
        }

        public Nadam(final double learningRate) {
            this(learningRate, 0.9, 0.999, 1e-7);
        }

        @Override
        public UpdateRule rule() {
            return new NadamRule(this);
        }
    }

    /**
     * Divides each gradient by the root of a running mean of its squares (Hinton, 2012; keras.io/api/optimizers/rmsprop):
     * v = rho * v + (1 - rho) * g * g, then w = w - rate * g / sqrt(v + epsilon). Centered: v less the square of the
     * running mean of g. With momentum the steps add up: s = momentum * s + step, w = w - s.
     *
     * @param learningRate above 0
     * @param rho decay of the running means, at least 0 and below 1; Keras' default 0.9
     * @param momentum at least 0, at most 1; Keras' default 0
     * @param epsilon above 0; Keras' default 1e-7
     * @param centered whether the variance of the gradient takes the place of its mean square; Keras' default false
     */
    record RmsProp(double learningRate, double rho, double momentum, double epsilon, boolean centered)
            implements OptimizerConfig {
        public RmsProp {
            checkLearningRate(learningRate);
            checkDecay("rho", rho);
            checkMomentum(momentum);
            checkEpsilon(epsilon);
        }

        public RmsProp(final double learningRate) {
            this(learningRate, 0.9, 0, 1e-7, false);
        }

        @Override
        public UpdateRule rule() {
            return new RmsPropRule(this);
        }
    }

    /**
     * Smaller steps for weights that were changed much (Duchi, Hazan and Singer, 2011; keras.io/api/optimizers/adagrad):
     * a = a + g * g, then w = w - rate * g / sqrt(a + epsilon).
     *
     * @param learningRate above 0; larger ones than with other optimizers are usual
     * @param initialAccumulator where a starts, at least 0; Keras' default 0.1
     * @param epsilon above 0; Keras' default 1e-7
     */
    record Adagrad(double learningRate, double initialAccumulator, double epsilon) implements OptimizerConfig {
        public Adagrad {
            checkLearningRate(learningRate);
            checkNotNegative("initial accumulator", initialAccumulator);
            checkEpsilon(epsilon);
        }

        public Adagrad(final double learningRate) {
            this(learningRate, 0.1, 1e-7);
        }

        @Override
        public UpdateRule rule() {
            return new AdagradRule(this);
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

    private static void checkMomentum(final double momentum) {
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new InvalidInputException(
                    "The momentum must be at least 0 and at most 1, but it is " + momentum + ".");
        }
    }

    private static void checkNotNegative(final String name, final double value) {
        if (!(value >= 0 && value <= Double.MAX_VALUE)) {
            throw new InvalidInputException(
                    "The " + name + " must be a number of at least 0, but it is " + value + ".");
        }
    }

    private static void checkEpsilon(final double epsilon) {
        if (!(epsilon > 0 && epsilon <= Double.MAX_VALUE)) {
            throw new InvalidInputException("Epsilon must be a number above 0, but it is " + epsilon + ".");
        }
    }
}
