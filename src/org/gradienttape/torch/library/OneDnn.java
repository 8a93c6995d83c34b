package org.gradienttape.torch.library;

import com.sun.jna.Function;
import java.util.Optional;

/**
 * The library that computes libtorch's convolutions; without it libtorch computes them itself. DJL does not pass libtorch's
 * switch, at::Context::setUserEnabledMkldnn, on.
 */
public final class OneDnn {
    private OneDnn() {}

    /** Has libtorch do without it, in the whole process and for good; where the switch cannot be reached, nothing changes. */
    public static void switchOff() {
        final Optional<Function> context =
                LibtorchFunction.of("_ZN2at13globalContextEv", "?globalContext@at@@YAAEAVContext@1@XZ");
        final Optional<Function> enable = LibtorchFunction.of(
                "_ZN2at7Context20setUserEnabledMkldnnEb", "?setUserEnabledMkldnn@Context@at@@QEAAX_N@Z");
        if (context.isPresent() && enable.isPresent()) {
            enable.get().invokeVoid(new Object[] {context.get().invokePointer(new Object[0]), 0});
        }
    }
}
