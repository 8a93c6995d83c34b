package org.gradienttape.torch.library;

import com.sun.jna.Function;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The library that computes libtorch's convolutions and LSTMs; without it libtorch computes them itself. DJL does not pass libtorch's
 * switch, at::Context::setUserEnabledMkldnn, on.
 */
public final class OneDnn {
    private static final String VENDOR = "AuthenticAMD";

    private OneDnn() {}

    /** Whether it is made for this processor, as for those of AMD and Intel; for others it has examples. */
    public static boolean isMadeForProcessor() {
        return VectorWidth.ofFloats() >= VectorWidth.OF_AVX_2;
    }

    /** Whether large products of matrices take it less time than libtorch: on AMD's processors with AVX-512. */
    public static boolean multipliesFaster() {
        return isOfAmd() && VectorWidth.ofFloats() == VectorWidth.OF_AVX_512;
    }

    /** As Linux says it, or Windows. */
    private static boolean isOfAmd() {
        if (System.getenv("PROCESSOR_IDENTIFIER") != null) {
            return System.getenv("PROCESSOR_IDENTIFIER").contains(VENDOR);
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.anyMatch(line -> line.startsWith("vendor_id") && line.contains(VENDOR));
        } catch (final IOException | UncheckedIOException otherSystem) {
            return false;
        }
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
