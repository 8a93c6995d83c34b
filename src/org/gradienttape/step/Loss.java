package org.gradienttape.step;

/** The loss that is set in the node. */
public interface Loss {
    /**
     * The mean over the batch, in Keras' order of arguments: {@code loss_fn(y, logits)}.
     *
     * @param y the labels, [batch] or [batch, 1]
     * @param predictions [batch, outputs]
     * @return one number, shape []
     */
    Tensor call(Tensor y, Tensor predictions);
}
