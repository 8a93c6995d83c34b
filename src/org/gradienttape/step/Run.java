package org.gradienttape.step;

import java.util.List;

/** What both trainers offer to a step: where the run is, gradients, random numbers, new tensors, and the log. */
public interface Run {
    /** From 0, as in the guide. */
    int epoch();

    /** From 0, within the epoch. */
    int step();

    /** A tape that records from now on until it is closed. */
    GradientTape gradientTape();

    /** A tape that gives gradients of the same loss more than once; it holds more memory until the step ends. */
    GradientTape persistentGradientTape();

    RandomSource random();

    /** The loss that the node works with; in the GAN Trainer, binary cross-entropy from logits. */
    Loss loss();

    /** A new stochastic gradient descent; make it once and keep it in a field. */
    Optimizer sgd(double learningRate, double momentum);

    /** A new Adam with Keras' numbers; make it once and keep it in a field. */
    Optimizer adam(double learningRate);

    /** A new Adam; make it once and keep it in a field. */
    Optimizer adam(double learningRate, double beta1, double beta2);

    /**
     * Puts a number into the step log, in a column of this name, for example "Gradient norm". Rows of steps that do not
     * report it have a missing cell there.
     */
    void report(String name, double value);

    /**
     * Puts a number into the step log.
     *
     * @param value one number, shape []
     */
    void report(String name, Tensor value);

    /** Writes a line into the node's log. */
    void log(String line);

    /** 0 everywhere, float32. */
    Tensor zeros(long... shape);

    /** 1 everywhere, float32. */
    Tensor ones(long... shape);

    /** The same number everywhere, float32; without sizes one number, shape []. */
    Tensor full(double value, long... shape);

    /**
     * Numbers from the JVM.
     *
     * @param values row-major, as many as the shape needs
     * @return float32
     */
    Tensor tensor(float[] values, long... shape);

    /**
     * Whole numbers from the JVM.
     *
     * @param values row-major, as many as the shape needs
     * @return int64
     */
    Tensor tensor(long[] values, long... shape);

    /**
     * A variable that lasts for the rest of the run, for sums over several steps, for moving averages, or for weights of
     * the step's own. Make it once and keep it in a field.
     *
     * @param initial is copied
     */
    Variable variable(String name, Tensor initial);

    /** Joins along an axis that all have: {@code tf.concat}, {@code torch.cat}. */
    Tensor concat(int axis, Tensor... tensors);

    /** Joins along a new axis. */
    Tensor stack(int axis, Tensor... tensors);

    /** Numbers of the one where the condition is true, of the other elsewhere. */
    Tensor where(Tensor condition, Tensor yes, Tensor no);

    /** The square root of the sum of all squares of all tensors, shape []: {@code tf.linalg.global_norm}. */
    Tensor globalNorm(List<? extends Tensor> tensors);
}
