package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Steps of very many operations. The engine compiles them on the stack of the thread; where that is full, the process ends. */
class LongStepTest {
    private static final int SMALL_STACK = 512 * 1024;
    private static final int LENGTH = 1500;

    @FunctionalInterface
    private interface Step {
        Tensor of(Machine machine, int step);
    }

    @Test
    void aSumOfManyTermsIsComputed() throws InterruptedException, ExecutionException {
        final List<Double> sums =
                numbers(1, (machine, step) -> chain(machine.tensor(new float[] {1}), Tensor::add, i -> 1));

        assertThat(sums).containsExactly(1501.0);
    }

    /** From the second step on, the program is one whose numbers are arguments. */
    @Test
    void factorsThatDifferFromStepToStepAreMultiplied() throws InterruptedException, ExecutionException {
        final List<Double> products = numbers(
                3,
                (machine, step) -> chain(
                        machine.tensor(new float[] {5}), Tensor::mul, i -> Math.scalb(1, i % 2 == 0 ? step : -step)));

        assertThat(products).containsExactly(5.0, 5.0, 5.0);
    }

    @Test
    void aFactorOfManyNumbersIsAlmostThatOfTheirProduct() throws InterruptedException, ExecutionException {
        final List<Double> products =
                numbers(2, (machine, step) -> chain(machine.full(1 + step), Tensor::mul, i -> 1 + 0.001 * step));

        assertThat(products.get(0)).isEqualTo(1);
        assertThat(products.get(1) / (2 * Math.pow(1.001, LENGTH))).isCloseTo(1, within(1e-4));
    }

    @FunctionalInterface
    private interface WithNumber {
        Tensor of(Tensor tensor, double number);
    }

    private static Tensor chain(final Tensor start, final WithNumber operation, final IntToDoubleFunction number) {
        Tensor end = start;
        for (int i = 0; i < LENGTH; i++) {
            end = operation.of(end, number.applyAsDouble(i));
        }
        return end;
    }

    /** What each step gives, on a thread of its own. */
    private static List<Double> numbers(final int steps, final Step code)
            throws InterruptedException, ExecutionException {
        final FutureTask<List<Double>> work = new FutureTask<>(() -> Computed.with(Execution.COMPILED, c -> {
            final List<Fetched> results = new ArrayList<>();
            IntStream.range(0, steps).forEach(step -> c.step(() -> results.add(c.fetch(code.of(c.machine(), step)))));
            c.finish();
            return results.stream().map(result -> (double) result.number()).toList();
        }));
        new Thread(null, work, "small stack", SMALL_STACK).start();
        return work.get();
    }
}
