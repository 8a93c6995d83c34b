package org.gradienttape.torch.library;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.gradienttape.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On Linux; elsewhere there is nothing to see, and nothing happens. */
class NativeHeapTest {
    private static final int ROUNDS = 4;
    private static final int ARRAYS = 10;
    private static final int BYTES = 20_000_000;

    /**
     * What a step frees, the next one has without fetching its pages anew; they are more than a heap of glibc, or each of them is
     * more than what glibc takes from a heap otherwise.
     */
    @ParameterizedTest
    @ValueSource(ints = {BYTES, 2 * BYTES})
    void freedMemoryStaysWhileARunComputes(final int bytes) {
        final TorchEngine engine = TorchEngine.start();

        final long faults = engine.compute(1, () -> {
            for (int round = 0; round < ROUNDS; round++) { // until the heaps are divided as it is best
                takeAndFree(engine, bytes);
            }
            final long before = pageFaults();
            takeAndFree(engine, bytes);
            return pageFaults() - before;
        });

        assertThat(faults).isLessThan(kilobytes(bytes) / 4 / 2); // half of the pages of 4 KB
    }

    private static long kilobytes(final int bytes) {
        return ARRAYS * (bytes / 1024L);
    }

    @Test
    void freedMemoryIsGivenBackAfterARun() {
        final TorchEngine engine = TorchEngine.start();

        final long within = engine.compute(1, () -> {
            takeAndFree(engine, BYTES);
            return residentKilobytes();
        });

        assertThat(residentKilobytes()).isLessThanOrEqualTo(Math.max(0, within - kilobytes(BYTES) / 2));
    }

    private static void takeAndFree(final TorchEngine engine, final int bytes) {
        try (NDManager arrays = engine.newManager(ai.djl.Device.cpu())) {
            for (int i = 0; i < ARRAYS; i++) {
                final NDArray array = arrays.ones(new Shape(bytes / Float.BYTES));
                assertThat(array.getFloat(bytes / Float.BYTES - 1L)).isOne();
            }
        }
    }

    /** Of this thread, those that needed no disk. */
    private static long pageFaults() {
        final int place = 9;
        return line("/proc/thread-self/stat", "")
                .map(line -> line.split(" ")[place])
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static long residentKilobytes() {
        return line("/proc/self/status", "VmRSS:")
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static Stream<String> line(final String file, final String beginning) {
        if (!Files.exists(Path.of(file))) {
            return Stream.empty();
        }
        try {
            return Files.readAllLines(Path.of(file)).stream().filter(line -> line.startsWith(beginning));
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
