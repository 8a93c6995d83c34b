package org.gradienttape.torch;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether a thread computes with denormal numbers, 32-bit floats other than 0 below 1.2e-38, or takes them for 0. Processors
 * compute with them up to a hundred times slower, and sigmoid gives them for every dark pixel of a sure generator. TensorFlow
 * takes them for 0, and so do we; DJL does not pass libtorch's own switch, at::Context::setFlushDenormal, on.
 */
final class DenormalFlush {
    /** The switch, a function of one bool, as the compilers of Linux and macOS name it, then as Windows' does. */
    private static final List<String> NAMES =
            List.of("_ZN2at7Context16setFlushDenormalEb", "?setFlushDenormal@Context@at@@SA_N_N@Z");

    private final Optional<Function> flush;

    private DenormalFlush(final Optional<Function> flush) {
        this.flush = flush;
    }

    /** The switch of the libtorch that is loaded; one that does nothing where it cannot be reached, which costs speed alone. */
    static DenormalFlush ofEngine() {
        final Path library = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu"));
        return new DenormalFlush(
                NAMES.stream().flatMap(name -> function(library, name).stream()).findFirst());
    }

    /** For the calling thread, and for the threads that libtorch starts from it. */
    void set(final boolean on) {
        flush.ifPresent(function -> function.invokeInt(new Object[] {on ? 1 : 0}));
    }

    private static Optional<Function> function(final Path library, final String name) {
        try {
            return Optional.of(NativeLibrary.getInstance(library.toString()).getFunction(name));
        } catch (final LinkageError absent) {
            return Optional.empty();
        }
    }
}
