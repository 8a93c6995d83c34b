package org.gradienttape.step;

import java.util.List;
import org.gradienttape.loss.Loss;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.tensor.RandomSource;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/** What both trainers offer a step: how far the run is, random numbers, new tensors, and the log. */
public interface Run {
    /** From 0, as in the guide. */
    int epoch();

    /** From 0, within the epoch. */
    int step();

    RandomSource random();

    /** The loss that is set in the node; in the GAN Trainer, binary cross-entropy from logits. */
    Loss loss();

    /** A new optimizer for stochastic gradient descent; create it once and keep it in a field. */
    Optimizer sgd(double learningRate, double momentum);

    /** A new Adam optimizer with Keras' numbers; create it once and keep it in a field. */
    Optimizer adam(double learningRate);

    /** A new Adam optimizer; create it once and keep it in a field. */
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

    /** Zeros, float32. */
    Tensor zeros(long... shape);

    /** Ones, float32. */
    Tensor ones(long... shape);

    /** The same number everywhere, float32; a single number, shape [], if no sizes are given. */
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
     * the step's own. Create it once and keep it in a field.
     *
     * @param initial is copied
     */
    Variable variable(String name, Tensor initial);

    /** Joins tensors along an axis that they have: {@code tf.concat}, {@code torch.cat}. */
    Tensor concat(int axis, Tensor... tensors);

    /** Joins tensors along a new axis. */
    Tensor stack(int axis, Tensor... tensors);

    /** The square root of the sum of all squares of all tensors, shape []: {@code tf.linalg.global_norm}. */
    Tensor globalNorm(List<? extends Tensor> tensors);
}
