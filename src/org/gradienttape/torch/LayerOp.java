package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;

/** What one layer of a network computes. There is one implementation per kind of layer; {@link LayerOps} knows them. */
interface LayerOp {
    /**
     * @param input [batch, the layer's input shape]
     * @param pass the batch's weights and mode
     * @return [batch, the layer's output shape]
     */
    NDArray forward(NDArray input, ForwardPass pass);
}
