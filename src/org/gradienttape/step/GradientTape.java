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
     * Also records what is computed from this tensor; the weights of the models are always recorded.
     *
     * @param tensor float32, made outside the tape, such as a batch of images
     */
    void watch(Tensor tensor);

    /**
     * The gradients of a loss. Taking them uses its recording up: a second call for the same loss is an error, unless the
     * tape is persistent or nested in another one.
     *
     * @param loss one number, shape []; numbers of any other shape are summed, as TensorFlow does
     * @param sources weights or watched tensors
     * @return one gradient per source, of its shape; zeros where the loss does not depend on it
     */
    List<Tensor> gradient(Tensor loss, List<? extends Tensor> sources);

    /** The gradient of a loss with respect to one source. */
    Tensor gradient(Tensor loss, Tensor source);

    /** Stops recording. */
    @Override
    void close();
}
