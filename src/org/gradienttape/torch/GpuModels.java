package org.gradienttape.torch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the GPUs of a machine are called. The engine does not say it; NVIDIA's driver for Linux does, in files that anyone may
 * read, for example /proc/driver/nvidia/gpus/0000:00:06.0/information with the line "Model: NVIDIA H200".
 */
final class GpuModels {
    static final GpuModels OF_THIS_MACHINE = new GpuModels(Path.of("/proc/driver/nvidia/gpus"));

    private static final String MODEL = "Model:";

    private final Path folder;

    /** @param folder with one folder per GPU; need not exist */
    GpuModels(final Path folder) {
        this.folder = folder;
    }

    /**
     * A device with its model, such as "GPU 0 (NVIDIA H200)". Without it if none is known, or if the GPUs differ: which of them
     * is the engine's first depends on more than the driver says.
     */
    String named(final String device) {
        final TreeSet<String> models = new TreeSet<>();
        try (DirectoryStream<Path> gpus = Files.newDirectoryStream(folder)) {
            for (final Path gpu : gpus) {
                models.add(model(gpu.resolve("information")));
            }
        } catch (final IOException unknown) {
            return device;
        }
        return models.size() == 1 && !models.first().isEmpty() ? device + " (" + models.first() + ")" : device;
    }

    private static String model(final Path information) throws IOException {
        try (Stream<String> lines = Files.lines(information)) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(MODEL.length()).strip())
                    .findFirst()
                    .orElse("");
        }
    }
}
