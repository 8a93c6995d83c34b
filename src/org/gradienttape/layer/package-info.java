/**
 * What a network is, and what it computes: sealed {@link org.gradienttape.layer.Layer} records, chained to a
 * {@link org.gradienttape.layer.Network}, with initial {@link org.gradienttape.layer.Weights}. A
 * {@link org.gradienttape.layer.CallableNetwork} has the weights as variables and can be called.
 *
 * <p>A new layer is a record that says its output's shape and its weights, and computes in {@code call}:
 *
 * <pre>{@code
 * record Scale(double start) implements Layer {
 *     public Shape outputShape(Shape input) { return input; }
 *     public List<WeightSpec> weights(Shape input) { return List.of(new WeightSpec("factor", Shape.of(1), ...)); }
 *     public Tensor call(LayerCall call, Tensor x) { return x.mul(call.weight("factor")); }
 * }
 * }</pre>
 *
 * <p>{@code LayerCall} has the layer's weights, the mode, the run's random numbers, and takes losses that the layer adds;
 * a moving average is a weight that is not trainable, changed by {@code assign}. Gradients follow from the operations.
 * Depends on error, state and tensor.
 */
package org.gradienttape.layer;
