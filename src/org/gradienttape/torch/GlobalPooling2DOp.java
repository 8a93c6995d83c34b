package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;

/** One number per channel of [batch, height, width, channels]; among equal largest numbers the gradient is shared out. */
final class GlobalPooling2DOp implements LayerOp {
    private final ScriptFunction function;

    private GlobalPooling2DOp(final ScriptFunction function) {
        this.function = function;
    }

    static GlobalPooling2DOp largest() {
        return new GlobalPooling2DOp(ScriptFunction.of("torch.amax(x, [1, 2], False)", "x"));
    }

    static GlobalPooling2DOp mean() {
        return new GlobalPooling2DOp(ScriptFunction.of("torch.mean(x, [1, 2], False)", "x"));
    }

    @Override
    public NDArray forward(final NDArray input, final ForwardPass pass) {
        return function.call(input);
    }
}
