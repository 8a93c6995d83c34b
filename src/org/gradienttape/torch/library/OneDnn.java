package org.gradienttape.torch.library;

import com.sun.jna.Function;
import java.util.Optional;

/**
 * The library that computes libtorch's convolutions and LSTMs; without it libtorch computes them itself. DJL does not pass libtorch's
 * switch, at::Context::setUserEnabledMkldnn, on.
 */
public final class OneDnn {
    private OneDnn() {}

    /** Whether it is made for this processor, as for those of AMD and Intel; for others it has examples. */
    public static boolean isMadeForProcessor() {
        return VectorWidth.ofFloats() >= VectorWidth.OF_AVX_2;
    }

    /** Has libtorch use it or not, in the whole process; where the switch cannot be reached, nothing changes. */
    public static void use(final boolean isWanted) {
        final Optional<Function> context =
                NativeFunction.ofLibtorch("_ZN2at13globalContextEv", "?globalContext@at@@YAAEAVContext@1@XZ");
        final Optional<Function> enable = NativeFunction.ofLibtorch(
                "_ZN2at7Context20setUserEnabledMkldnnEb", "?setUserEnabledMkldnn@Context@at@@QEAAX_N@Z");
        if (context.isPresent() && enable.isPresent()) {
            enable.get().invokeVoid(new Object[] {context.get().invokePointer(new Object[0]), isWanted ? 1 : 0});
        }
    }
}
