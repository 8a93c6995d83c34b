package org.gradienttape.step;

/** The loss that the node's settings name. */
public interface Loss {
    /**
     * The mean over the batch, in Keras' order of arguments: {@code loss_fn(y, logits)}.
     *
     * @param y what is true: [batch] or [batch, 1]
     * @param predictions [batch, outputs]
     * @return one number, shape []
     */
    Tensor call(Tensor y, Tensor predictions);
}
