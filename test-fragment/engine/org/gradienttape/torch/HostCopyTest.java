package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class HostCopyTest {
    @Test
    void readingAnArrayThatLastsLeavesNothingOpen() {
        try (NDManager run = TorchEngine.start().newManager(TestDevice.arrays())) {
            final NDArray array = run.create(new float[] {1, -2});
            final int before = NativeArrays.count();

            assertThat(HostCopy.floats(array)).containsExactly(1, -2);

            assertThat(NativeArrays.count()).isEqualTo(before);
            assertThat(HostCopy.floats(array)).containsExactly(1, -2);
        }
    }
}
