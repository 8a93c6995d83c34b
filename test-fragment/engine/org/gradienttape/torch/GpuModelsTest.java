package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuModelsTest {
    @TempDir
    private Path folder;

    /** The first lines of such a file of driver 580.159.04. */
    @Test
    void theDriverSaysWhatTheGpuIsCalled() throws IOException {
        gpu("0000:00:06.0", "Model: \t\t NVIDIA H200\nIRQ:   \t\t 41\n");

        assertThat(new GpuModels(folder).named("GPU 0")).isEqualTo("GPU 0 (NVIDIA H200)");
    }

    @Test
    void equalGpusHaveOneName() throws IOException {
        gpu("0000:00:06.0", "Model: NVIDIA H200\n");
        gpu("0000:00:07.0", "Model: NVIDIA H200\n");

        assertThat(new GpuModels(folder).named("GPU 0")).isEqualTo("GPU 0 (NVIDIA H200)");
    }

    @Test
    void differentOrUnknownGpusHaveNone() throws IOException {
        assertThat(new GpuModels(folder.resolve("nowhere")).named("GPU 0")).isEqualTo("GPU 0");
        gpu("0000:00:06.0", "IRQ: 41\n");
        assertThat(new GpuModels(folder).named("GPU 0")).isEqualTo("GPU 0");
        gpu("0000:00:06.0", "Model: NVIDIA H200\n");
        gpu("0000:00:07.0", "Model: NVIDIA T4\n");
        assertThat(new GpuModels(folder).named("GPU 0")).isEqualTo("GPU 0");
    }

    private void gpu(final String address, final String information) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve(address)).resolve("information"), information);
    }
}
