package org.gradienttape.torch.feed;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import org.gradienttape.data.Dataset;
import org.gradienttape.layer.Shape;
import org.gradienttape.torch.TestData;
import org.gradienttape.torch.TestDevice;
import org.gradienttape.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleSourceTest {
    @TempDir
    private Path folder;

    @Test
    void samplesThatAreStreamedAreThoseThatStayOnTheDevice() throws IOException {
        final Dataset data = TestData.random(folder.resolve("data"), Shape.of(3, 2), 2, 10, 2);
        final int[] samples = {7, 0, 9, 7};
        try (NDManager run = TorchEngine.start().newManager(TestDevice.arrays())) {
            final SampleSource streamed = new StreamedSamples(data, 2);
            final SampleSource resident = new ResidentSamples(data, run);

            assertThat(streamed.places(samples)).containsExactly(0, 1, 2, 3);
            assertThat(resident.places(samples)).containsExactly(7, 0, 9, 7);
            final NDArray all = resident.features(samples, run);
            assertThat(all.getShape().get(0)).isEqualTo(10);
            assertThat(all.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(streamed.features(samples, run).toFloatArray())
                    .containsExactly(
                            all.get(run.create(resident.places(samples))).toFloatArray());
        }
    }
}
