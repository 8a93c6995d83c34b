package org.gradienttape.step;

/**
 * A tensor that lasts for the whole run and can be changed: a weight of a model, or what {@link Run#variable} makes.
 * In operations it stands for its numbers at that moment.
 */
public interface Variable extends Tensor {
    /** For example "dense/kernel". */
    String name();

    /**
     * Replaces all numbers; no gradient passes through it. Weights may be changed in this way, too, for example to clip them.
     *
     * @param value of the same shape
     */
    void assign(Tensor value);

    /**
     * Adds to the numbers; no gradient passes through it.
     *
     * @param value of the same shape
     */
    void assignAdd(Tensor value);
}
