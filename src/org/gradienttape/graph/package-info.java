/**
 * From the Java code of a step to a program: a {@link org.gradienttape.graph.Trace} notes what a step does, a
 * {@link org.gradienttape.graph.Graph} makes gradients of it and simplifies it, a writer gives it the form that an engine
 * takes. Start at {@link org.gradienttape.graph.Trace}. Pure data and text, no engine.
 *
 * <p>Writers read {@code Graph.nodes()}, {@code outputs()} and {@code assigned()}:
 * {@link org.gradienttape.graph.TorchWriter} is the one for libtorch, {@link org.gradienttape.graph.TorchExpression} says
 * each operation in its language. Another format is another writer beside them.
 *
 * <p>{@code Fusion} joins operations for which the engine has one call, {@code Liveness} decides what is written over.
 * Depends on tensor only.
 */
package org.gradienttape.graph;
