package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.api.Test;

/** Steps in a row write their samples into the same memory; whatever they keep of them stays as it was. */
class RowMemoryTest {
    private static final int SAMPLES = 20;
    private static final int WIDTH = 2048;
    private static final int BATCH = 3;
    private static final int STEPS = 5;

    /** Takes operations of a step of which somebody wants to see results. */
    @FunctionalInterface
    private interface Step {
        List<Tensor> of(Tensor samples, Variable kernel, Variable kept);
    }

    /** What the steps gave, one behind the other, then both variables, and the program. */
    private record Result(List<float[]> numbers, String code) {}

    private static Result computed(final Execution execution, final NumberType type, final Step step) {
        return Computed.with(execution, (arrays, c) -> {
            final NDArray all = samples(arrays, type);
            final Variable kernel = c.variable("kernel", counted(2 * WIDTH), WIDTH, 2);
            final Variable kept = c.variable("kept", new float[BATCH * WIDTH], BATCH, WIDTH);
            final List<Fetched> seen = new ArrayList<>();
            for (int i = 0; i < STEPS; i++) {
                final long[] batch = {i, i + 7, 2 * i};
                c.step(() -> {
                    final Tensor samples = c.resident(all, type, SAMPLES, WIDTH)
                            .take(c.machine().tensor(batch, BATCH), 0);
                    step.of(samples, kernel, kept).forEach(tensor -> seen.add(c.fetch(tensor)));
                });
            }
            c.finish();
            final List<float[]> numbers = new ArrayList<>();
            seen.forEach(one -> numbers.add(one.numbers()));
            numbers.add(c.read(kernel));
            numbers.add(c.read(kept));
            return new Result(numbers, c.code().orElse(""));
        });
    }

    private static NDArray samples(final NDManager arrays, final NumberType type) {
        final byte[] bytes = new byte[SAMPLES * WIDTH];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 11);
        }
        final NDArray all = arrays.create(ByteBuffer.wrap(bytes), new Shape(SAMPLES, WIDTH), DataType.UINT8);
        return type == NumberType.UINT8 ? all : all.toType(DataType.FLOAT32, true);
    }

    private static float[] counted(final int count) {
        final float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i % 5;
        }
        return numbers;
    }

    private static void assertSame(final NumberType type, final Step step) {
        final Result compiled = computed(Execution.COMPILED, type, step);

        assertThat(compiled.code()).contains("out=take");
        assertThat(compiled.numbers())
                .usingElementComparator(Arrays::compare)
                .isEqualTo(computed(Execution.EAGER, type, step).numbers());
    }

    @Test
    void samplesThatSomebodyWantsToSeeAreThoseOfTheirStep() {
        assertSame(NumberType.UINT8, (samples, kernel, kept) -> {
            final Tensor numbers = samples.toFloat();
            return List.of(numbers, numbers.slice(0, 1, 2), numbers.transpose(), numbers.matmul(kernel));
        });
        assertSame(NumberType.FLOAT32, (samples, kernel, kept) -> List.of(samples, samples.reshape(WIDTH, BATCH)));
    }

    @Test
    void samplesMayBeWrittenOver() {
        assertSame(NumberType.UINT8, (samples, kernel, kept) -> {
            final Tensor half = samples.toFloat().mul(0.5).add(1);
            return List.of(half.matmul(kernel), half);
        });
        assertSame(
                NumberType.FLOAT32,
                (samples, kernel, kept) -> List.of(samples.mul(0.5).add(1)));
    }

    @Test
    void whatIsAssignedIsKept() {
        assertSame(NumberType.UINT8, (samples, kernel, kept) -> {
            final Tensor before = kept.mul(1);
            kept.assign(samples.toFloat());
            return List.of(before);
        });
    }

    /** A look at a variable that changes in each step has its numbers of that time. */
    @Test
    void aTurnedVariableIsAsItIsInEachStep() {
        final Step step = (samples, kernel, kept) -> {
            final Tensor turned = kernel.transpose();
            final Tensor before = turned.mul(2);
            kernel.assign(kernel.add(1));
            return List.of(before, turned, kernel.transpose(), samples.toFloat().matmul(kernel));
        };

        assertSame(NumberType.UINT8, step);
        assertThat(computed(Execution.COMPILED, NumberType.UINT8, step).code())
                .containsPattern("(?s)torch\\.t\\(kernel\\).*for i in range");
    }
}
