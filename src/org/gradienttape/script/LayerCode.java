package org.gradienttape.script;

/** What one layer contributes to the code. There is one implementation per kind of layer; {@link LayerCodes} knows them. */
@FunctionalInterface
interface LayerCode {
    /**
     * Writes the statements of the layer.
     *
     * @param pass what the statements are for
     * @param input the name of the variable that holds the layer's input, [batch, the layer's input shape]
     * @return its output, [batch, the layer's output shape], and the way back
     */
    Written forward(Pass pass, String input);
}
