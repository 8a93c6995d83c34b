package org.gradienttape.torch.library;

import com.sun.jna.Function;
import java.util.Optional;

/**
 * Whether a thread computes with denormal numbers, 32-bit floats other than 0 below 1.2e-38, or takes them for 0. Processors
 * compute with them up to a hundred times slower, and sigmoid gives them for every dark pixel of a sure generator. TensorFlow
 * takes them for 0, and so do we; DJL does not pass libtorch's own switch, at::Context::setFlushDenormal, on.
 */
public final class DenormalFlush {
    private final Optional<Function> flush;

    private DenormalFlush(final Optional<Function> flush) {
        this.flush = flush;
    }

    /** The switch of the libtorch that is loaded; one that does nothing where it cannot be reached, which costs speed alone. */
    public static DenormalFlush ofEngine() {
        return new DenormalFlush(NativeFunction.ofLibtorch(
                "_ZN2at7Context16setFlushDenormalEb", "?setFlushDenormal@Context@at@@SA_N_N@Z"));
    }

    /** For the calling thread, and for the threads that libtorch starts from it. */
    public void set(final boolean on) {
        flush.ifPresent(function -> function.invokeInt(new Object[] {on ? 1 : 0}));
    }
}
