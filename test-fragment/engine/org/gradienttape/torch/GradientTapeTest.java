package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GradientTapeTest {
    private final NDManager arrays = TorchEngine.start().newManager(TestDevice.arrays());

    @AfterEach
    void closeArrays() {
        arrays.close();
    }

    @Test
    void givesTheGradientOfEachWatchedWeight() {
        final NDArray a = arrays.create(new float[] {1, 2});
        final NDArray b = arrays.create(new float[] {3, 5});

        assertThat(gradientsOfSumOfProducts(a, b)).containsExactly(new float[] {3, 5}, new float[] {1, 2});
    }

    @Test
    void leavesNoGradientBehind() {
        final NDArray a = arrays.create(new float[] {1, 2});
        final NDArray b = arrays.create(new float[] {3, 5});

        gradientsOfSumOfProducts(a, b);

        assertThat(JniUtils.getGradient((PtNDArray) a)).isNull();
        assertThat(JniUtils.requiresGrad((PtNDArray) a)).isFalse();
        assertThat(gradientsOfSumOfProducts(a, b)).containsExactly(new float[] {3, 5}, new float[] {1, 2});
    }

    @Test
    void leavesNoArrayBehind() {
        final NDArray a = arrays.create(new float[] {1, 2});
        final int before = NativeArrays.count();

        gradientsOfSumOfProducts(a, a);

        assertThat(NativeArrays.count()).isEqualTo(before);
    }

    @Test
    void seesUpdatesOfTheWeightThroughTheAlias() {
        final NDArray weight = arrays.create(new float[] {1});

        try (GradientTape tape = new GradientTape(arrays)) {
            final List<NDArray> watched = tape.watch(List.of(weight));
            weight.subi(arrays.create(0.25f));

            assertThat(watched.get(0).toFloatArray()).containsExactly(0.75f);
        }
    }

    @Test
    void givesZerosForAWeightThatTheLossDoesNotDependOn() {
        final NDArray used = arrays.create(new float[] {1, 2});
        final NDArray unused = arrays.create(new float[] {3});

        try (GradientTape tape = new GradientTape(arrays)) {
            final List<NDArray> watched = tape.watch(List.of(used, unused));
            final List<NDArray> gradients = tape.gradient(watched.get(0).sum(), watched);

            assertThat(gradients.get(0).toFloatArray()).containsExactly(1, 1);
            assertThat(gradients.get(1).toFloatArray()).containsExactly(0);
        }
    }

    @Test
    void refusesALossOfSeveralNumbers() {
        final NDArray weight = arrays.create(new float[] {1, 2});

        try (GradientTape tape = new GradientTape(arrays)) {
            final List<NDArray> watched = tape.watch(List.of(weight));

            assertThatThrownBy(() -> tape.gradient(watched.get(0), watched))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("(2)");
        }
    }

    @Test
    void restoresWhatTheThreadRecordedBefore() {
        for (final boolean before : new boolean[] {true, false}) {
            JniUtils.setGradMode(before);

            assertThatThrownBy(() -> {
                        try (GradientTape tape = new GradientTape(arrays)) {
                            tape.watch(List.of());
                            assertThat(JniUtils.isGradMode()).isTrue();
                            throw new IllegalStateException("on purpose");
                        }
                    })
                    .hasMessage("on purpose");

            assertThat(JniUtils.isGradMode()).isEqualTo(before);
        }
    }

    /** Tapes are open on all threads at the same time, which DJL's own collector refuses. */
    @Test
    void worksOnSeveralThreadsAtOnce() throws Exception {
        final int threads = 4;
        final CyclicBarrier allTapesOpen = new CyclicBarrier(threads);
        final ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            final List<Future<float[]>> results = pool.invokeAll(IntStream.range(0, threads)
                    .mapToObj(factor -> (Callable<float[]>) () -> gradientOfScaledSum(factor, allTapesOpen))
                    .toList());

            for (int factor = 0; factor < threads; factor++) {
                assertThat(results.get(factor).get()).containsExactly(factor, factor);
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void worksWhileACollectorOfDjlIsOpen() {
        try (GradientCollector other = Engine.getInstance().newGradientCollector()) {
            assertThat(other).isNotNull();
            final NDArray a = arrays.create(new float[] {1, 2});

            assertThat(gradientsOfSumOfProducts(a, a)).containsExactly(new float[] {1, 2}, new float[] {1, 2});
        }
    }

    private static float[] gradientOfScaledSum(final int factor, final CyclicBarrier allTapesOpen) throws Exception {
        try (NDManager own = TorchEngine.start().newManager(TestDevice.arrays());
                GradientTape tape = new GradientTape(own)) {
            final List<NDArray> watched = tape.watch(List.of(own.create(new float[] {7, 8})));
            allTapesOpen.await();
            final NDArray loss = watched.get(0)
                    .mul(own.full(new ai.djl.ndarray.types.Shape(), factor))
                    .sum();
            allTapesOpen.await();
            return tape.gradient(loss, watched).get(0).toFloatArray();
        }
    }

    private List<float[]> gradientsOfSumOfProducts(final NDArray a, final NDArray b) {
        try (NDManager step = arrays.newSubManager();
                GradientTape tape = new GradientTape(step)) {
            final List<NDArray> watched = tape.watch(List.of(a, b));
            final NDArray loss = watched.get(0).mul(watched.get(1)).sum();
            return tape.gradient(loss, watched).stream()
                    .map(NDArray::toFloatArray)
                    .toList();
        }
    }
}
