package org.gradienttape.torch.library;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Functions of libraries that are loaded, which DJL does not pass on. */
final class NativeFunction {
    private NativeFunction() {}

    /**
     * A function of libtorch; empty where it cannot be reached.
     *
     * @param names as the compilers name it: those of Linux and macOS, then that of Windows
     */
    static Optional<Function> ofLibtorch(final String... names) {
        final Path library = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu"));
        return Stream.of(names)
                .flatMap(name -> in(() -> NativeLibrary.getInstance(library.toString()), name).stream())
                .findFirst();
    }

    /** A function of the C library; empty where it has none of this name. */
    static Optional<Function> ofProcess(final String name) {
        return in(NativeLibrary::getProcess, name);
    }

    private static Optional<Function> in(final Supplier<NativeLibrary> library, final String name) {
        try {
            return Optional.of(library.get().getFunction(name));
        } catch (final LinkageError absent) {
            return Optional.empty();
        }
    }
}
