package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.LibUtils;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackendTest {
    private static final Backend BACKEND = Backend.of(new Compute(Device.CPU, 2));

    /** Some machines compute convolutions rightly only without oneDNN. */
    @Test
    void theEngineHasItsVersion() {
        assertThat(BACKEND.engine()).isIn("PyTorch 2.7.1", "PyTorch 2.7.1, convolutions without oneDNN");
    }

    @Test
    void itIsOneLineOfALog() {
        assertThat(BACKEND)
                .hasToString("Backend: " + BACKEND.engine() + " (DJL 0.36.0) on CPU, 2 threads, libraries in "
                        + LibUtils.getLibtorchPath());
    }

    @Test
    void orATable() {
        final Backend gpu = new Backend(
                "PyTorch 2.7.1",
                "DJL 0.36.0",
                new Backend.Processor("GPU 0 (NVIDIA H200)", 1),
                2,
                new Backend.Libraries("/opt/libtorch/lib", Backend.Origin.PERSON));

        assertThat(gpu.report())
                .containsExactly(
                        Map.entry("Engine", "PyTorch 2.7.1"),
                        Map.entry("Java binding", "DJL 0.36.0"),
                        Map.entry("Device", "GPU 0 (NVIDIA H200)"),
                        Map.entry("Usable GPUs", "1"),
                        Map.entry("CPU threads per operation", "2"),
                        Map.entry("Native libraries", "/opt/libtorch/lib"),
                        Map.entry("Origin of the libraries", "chosen with PYTORCH_LIBRARY_PATH"));
    }

    @Test
    void aModelRemembersNoFolder() {
        assertThat(BACKEND.provenance(Execution.COMPILED))
                .isEqualTo(BACKEND.engine() + " (DJL 0.36.0) on CPU, 2 threads, compiled");
    }
}
