package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.graph.Graph;
import org.gradienttape.graph.TorchWriter;
import org.gradienttape.graph.Trace;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.LstmCell;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;

/**
 * Whether libtorch has oneDNN's LSTM, and it is right on this machine: outputs and gradients are compared with those that the
 * operations of a loop give.
 */
final class LstmCheck {
    private static final int STEPS = 16;
    private static final int BATCH = 5;
    private static final int FEATURES = 19;
    private static final int UNITS = 33;
    private static final double TOLERANCE = 1e-4;

    private LstmCheck() {}

    /**
     * Compares them on the CPU.
     *
     * @param target what programs are written for
     */
    static boolean passes(final TorchEngine engine, final TorchWriter.Target target) {
        try (NDManager arrays = engine.newManager(ai.djl.Device.cpu())) {
            ConvolutionCheck.leaveDirt(arrays);
            final NDList expected = computed((PtNDManager) arrays, target.withFusedLstm(false));
            final NDList computed = computed((PtNDManager) arrays, target.withFusedLstm(true));
            return IntStream.range(0, expected.size()).allMatch(i -> areClose(computed.get(i), expected.get(i)));
        } catch (final InvalidInputException hasNoSuchCall) {
            return false;
        }
    }

    private static boolean areClose(final NDArray computed, final NDArray expected) {
        final float[] left = computed.toFloatArray();
        final float[] right = expected.toFloatArray();
        return IntStream.range(0, right.length)
                .allMatch(i -> Math.abs(left[i] - right[i]) <= TOLERANCE * Math.max(1, Math.abs(right[i])));
    }

    private static NDList computed(final PtNDManager arrays, final TorchWriter.Target target) {
        final Trace trace = example();
        final float[] floats = trace.ofStep().floats();
        final TorchWriter.Sizes sizes = new TorchWriter.Sizes(0, floats.length, 0);
        final String method =
                TorchWriter.writeOnce(Graph.of(trace), sizes, target, List.of()).method();
        final IValue[] arguments = {
            IValue.from(1L),
            IValue.from((PtNDArray) arrays.create(new long[0])),
            IValue.from((PtNDArray) arrays.create(floats)),
            IValue.listFrom(new double[0])
        };
        try (ProgramModule program = new ProgramModule(method, arrays)) {
            return program.run(arguments, arrays);
        } finally {
            List.of(arguments).forEach(IValue::close);
        }
    }

    /** A training step of an LSTM, whose last output and all outputs count. */
    private static Trace example() {
        final Trace trace = Trace.ofOperations();
        trace.begin();
        final Tensor input = numbers(trace, STEPS * BATCH, FEATURES);
        final Tensor kernel = numbers(trace, FEATURES, 4 * UNITS);
        final Tensor recurrent = numbers(trace, UNITS, 4 * UNITS);
        final Tensor bias = numbers(trace, 4 * UNITS);
        final Tensor start = trace.full(0, BATCH, UNITS);
        final Machine.Run run = LstmCell.STANDARD.scan(
                false,
                input.matmul(kernel).add(bias).reshape(STEPS, BATCH, 4 * UNITS),
                recurrent,
                List.of(start, start));
        final List<Tensor> results = new ArrayList<>(List.of(run.last(0), run.all(0)));
        try (GradientTape tape = new GradientTape()) {
            final Tensor loss = run.last(0)
                    .mul(numbers(trace, BATCH, UNITS))
                    .sum()
                    .add(run.all(0).mul(numbers(trace, STEPS, BATCH, UNITS)).sum());
            results.addAll(tape.gradient(loss, List.of(input, kernel, recurrent, bias)));
        }
        results.forEach(trace::output);
        return trace;
    }

    /** Different ones, from -0.25 to 0.25. */
    private static Tensor numbers(final Trace trace, final long... shape) {
        final float[] numbers = new float[(int) LongStream.of(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (i * 7 % 11 - 5) / 20f;
        }
        return trace.tensor(numbers, shape);
    }
}
