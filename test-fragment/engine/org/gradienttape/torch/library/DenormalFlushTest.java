package org.gradienttape.torch.library;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.gradienttape.torch.TorchEngine;
import org.junit.jupiter.api.Test;

class DenormalFlushTest {
    /** Half of the smallest normal float is denormal. */
    @Test
    void denormalNumbersAreZeroWhileARunComputesAndNotAfterwards() {
        final TorchEngine engine = TorchEngine.start();

        assertThat(engine.compute(1, DenormalFlushTest::halfOfTheSmallestNormal))
                .isZero();
        assertThat(engine.compute(2, DenormalFlushTest::halfOfTheSmallestNormal))
                .isZero();

        assertThat(halfOfTheSmallestNormal()).isEqualTo(Float.MIN_NORMAL / 2).isPositive();
    }

    private static float halfOfTheSmallestNormal() {
        try (NDManager arrays = TorchEngine.start().newManager(ai.djl.Device.cpu())) {
            final NDArray smallest = arrays.create(new float[] {Float.MIN_NORMAL, 1});
            return smallest.mul(arrays.create(new float[] {0.5f, 1})).toFloatArray()[0];
        }
    }
}
