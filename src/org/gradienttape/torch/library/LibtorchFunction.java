package org.gradienttape.torch.library;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Functions of the libtorch that is loaded which DJL does not pass on. */
final class LibtorchFunction {
    private LibtorchFunction() {}

    /**
     * A function; empty where it cannot be reached.
     *
     * @param names as the compilers name it: those of Linux and macOS, then that of Windows
     */
    static Optional<Function> of(final String... names) {
        final Path library = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu"));
        return Stream.of(names).flatMap(name -> in(library, name).stream()).findFirst();
    }

    private static Optional<Function> in(final Path library, final String name) {
        try {
            return Optional.of(NativeLibrary.getInstance(library.toString()).getFunction(name));
        } catch (final LinkageError absent) {
            return Optional.empty();
        }
    }
}
