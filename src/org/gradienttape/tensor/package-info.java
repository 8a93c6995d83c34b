/**
 * Tensors: the vocabulary that everything which is computed is written in, by us and by users alike: layers, losses,
 * optimizers, metrics, steps. Start at {@link org.gradienttape.tensor.Tensor}.
 *
 * <p>{@link org.gradienttape.tensor.Operation} lists what there is, in families; each operation is declared once, with
 * the rules for its result's shape and for its gradient. A {@link org.gradienttape.tensor.Machine} takes operations: the
 * same code is traced and compiled, or computed operation by operation.
 *
 * <p>A step, as it is written in a class of a trainer or by a user:
 *
 * <pre>{@code
 * try (GradientTape tape = new GradientTape()) {
 *     Tensor logits = network.call(x, Mode.TRAINING);
 *     Tensor loss = lossFunction.call(y, logits);
 *     List<Tensor> gradients = tape.gradient(loss, network.trainableWeights());
 *     optimizer.apply(gradients, network.trainableWeights(), rate);
 * }
 * }</pre>
 *
 * <p>Doubles of Java may change from step to step, without another program; sizes, ifs and the number of operations may
 * change too, each kind of step being a program of its own.
 *
 * <p>A new operation: a line in its family, a method in {@code Tensor}, its text in the package graph. A test goes through
 * all operations and holds their gradients against finite differences. Depends on the JDK only.
 */
package org.gradienttape.tensor;
