package org.gradienttape.tensor;

import java.util.List;

/**
 * Gives the gradients of what was computed; TensorFlow's {@code tf.GradientTape}.
 *
 * <pre>{@code
 * try (GradientTape tape = new GradientTape()) {
 *     Tensor logits = model.call(x, Mode.TRAINING);
 *     Tensor loss = lossFunction.call(y, logits);
 *     List<Tensor> gradients = tape.gradient(loss, model.trainableWeights());
 * }
 * }</pre>
 *
 * <p>Every operation of a step is known, whether a tape is open or not, so gradients of any tensor by any other can be
 * taken, as often as wanted; gradients of gradients too.
 */
public final class GradientTape implements AutoCloseable {
    /** Kept for those who know TensorFlow: gradients by any tensor can be taken, watched or not. */
    public void watch(final Tensor tensor) {
        // Everything is watched.
    }

    /**
     * The gradients of a loss.
     *
     * @param loss one number, shape []; numbers of any other shape are summed, as TensorFlow does
     * @param sources variables or tensors
     * @return one gradient per source, of its shape; zeros for one that the loss does not depend on, where it depends on another
     */
    public List<Tensor> gradient(final Tensor loss, final List<? extends Tensor> sources) {
        if (loss == null) {
            throw new TensorException("gradient needs a loss, but it is null");
        }
        return loss.machine().gradients(loss, sources);
    }

    /** The gradient of a loss by one source. */
    public Tensor gradient(final Tensor loss, final Tensor source) {
        return gradient(loss, List.of(source)).get(0);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
