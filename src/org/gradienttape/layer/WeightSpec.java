package org.gradienttape.layer;

/**
 * One weight that a layer owns, described and not yet filled.
 *
 * @param name the name within the layer as in Keras: "kernel", "bias"
 * @param shape Keras' layout: Dense kernels are [in, out]
 * @param initializer how it starts
 * @param fanIn inputs that one output sums over, for the initializer
 * @param fanOut outputs that one input reaches, for the initializer
 * @param trainable whether the optimizer changes it
 */
public record WeightSpec(String name, Shape shape, Initializer initializer, int fanIn, int fanOut, boolean trainable) {}
