/**
 * From the Java code of a step to a program: a {@link org.gradienttape.graph.Trace} notes what a step does, a
 * {@link org.gradienttape.graph.Graph} makes gradients of it and simplifies it, a writer gives it the form that an engine
 * takes. Start at {@link org.gradienttape.graph.Trace}. Pure data and text, no engine.
 *
 * <p>Writers read {@code Graph.needed()}, {@code outputs()} and {@code assigned()}:
 * {@link org.gradienttape.graph.TorchWriter} writes steps for libtorch, {@link org.gradienttape.graph.TorchForward} forward
 * passes of any number of samples ({@link org.gradienttape.graph.AnyBatch}); {@code TorchLines} writes the lines of both and
 * {@link org.gradienttape.graph.TorchExpression} says each operation. Another format is another writer, such as that of ONNX
 * in the package export.
 *
 * <p>{@code Fusion} joins operations for which the engine has one call, {@code Liveness} decides what is written over.
 * Depends on tensor only.
 */
package org.gradienttape.graph;
