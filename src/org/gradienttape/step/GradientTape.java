package org.gradienttape.step;

import java.util.List;

/**
 * Records what is computed from the models' weights while it is open, so that gradients can be taken; TensorFlow's
 * {@code tf.GradientTape}.
 *
 * <pre>{@code
 * try (GradientTape tape = run.gradientTape()) {
 *     Tensor logits = model.call(x, Mode.TRAINING);
 *     Tensor loss = run.loss().call(y, logits);
 *     List<Tensor> gradients = tape.gradient(loss, model.trainableWeights());
 * }
 * }</pre>
 *
 * <p>Tapes can be nested: what an inner tape computes as gradients is recorded by the outer one, so that gradients of
 * gradients can be taken.
 */
public interface GradientTape extends AutoCloseable {
    /**
     * Records what is computed from this tensor too; the weights of the models are always recorded.
     *
     * @param tensor of float32, from outside of the tape, such as a batch of images
     */
    void watch(Tensor tensor);

    /**
     * The gradients of a loss, which end the record of it: a second call for the same loss is an error, unless the tape
     * is persistent or inside of another one.
     *
     * @param loss one number, shape []; numbers of any other shape are summed, as TensorFlow does
     * @param sources weights or watched tensors
     * @return one gradient per source, of its shape; zeros where the loss does not depend on it
     */
    List<Tensor> gradient(Tensor loss, List<? extends Tensor> sources);

    /** The gradient of a loss by one source. */
    Tensor gradient(Tensor loss, Tensor source);

    /** Stops to record. */
    @Override
    void close();
}
