package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gradienttape.graph.Graph;
import org.gradienttape.graph.TorchExpression;
import org.gradienttape.graph.TorchWriter;
import org.gradienttape.graph.Trace;
import org.gradienttape.tensor.Control;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The gradient rule of every operation, against finite differences in double precision, and its own gradient against
 * finite differences of it.
 */
class OperationGradientTest {
    private static final double STEP = 1e-5;
    private static final Trace.Reader NO_READER = new Trace.Reader() {
        @Override
        public float[] floats(final Tensor tensor) {
            throw new IllegalStateException();
        }

        @Override
        public long[] longs(final Tensor tensor) {
            throw new IllegalStateException();
        }
    };

    /** Which gradient is held against differences of what is below it. */
    private enum Order {
        FIRST,
        SECOND
    }

    @ParameterizedTest
    @EnumSource(OperationExample.class)
    void theGradientIsThatOfFiniteDifferences(final OperationExample example) {
        check(example, Order.FIRST);
    }

    @ParameterizedTest
    @EnumSource(OperationExample.class)
    void theGradientOfTheGradientToo(final OperationExample example) {
        check(example, Order.SECOND);
    }

    /**
     * An operation that no example reaches, forwards or as a gradient, is an operation whose rule nobody has tested. Those of the
     * second gradient do not count: nobody takes the gradient of that.
     */
    @Test
    void everyOperationIsInAnExample() {
        Set<String> missing =
                Operation.all().stream().map(Operation::name).collect(Collectors.toCollection(TreeSet::new));
        for (final OperationExample example : OperationExample.values()) {
            Graph graph = graph(example, Order.FIRST, new Sizes());
            graph.nodes().forEach(node -> missing.remove(node.operation().name()));
        }
        // Read from variables and residents by whole steps; the notes of a trace are worked out before.
        missing.removeAll(Set.of(
                Source.VARIABLE.name(),
                Source.RESIDENT.name(),
                Control.GRADIENTS.name(),
                Control.GRADIENT.name(),
                Control.APART.name()));

        assertThat(missing).isEmpty();
    }

    private static void check(final OperationExample example, final Order order) {
        TorchEngine engine = TorchEngine.start();
        engine.compute(1, () -> {
            try (NDManager arrays = engine.newManager(ai.djl.Device.cpu())) {
                Sizes sizes = new Sizes();
                Graph graph = graph(example, order, sizes);
                var program = TorchWriter.write(
                        graph,
                        new TorchWriter.Sizes(sizes.integers.length, sizes.floats.length, 0),
                        TorchWriter.Target.plain(TorchExpression.DOUBLE),
                        List.of());
                try (ProgramModule module = new ProgramModule(program.method(), (PtNDManager) arrays)) {
                    compare(example, sizes, x -> run(module, sizes.integers, x, arrays));
                }
                return null;
            }
        });
    }

    private interface Run {
        /** The value, then its gradients by all floats that the step brings. */
        List<double[]> of(double[] x);
    }

    private static void compare(final OperationExample example, final Sizes sizes, final Run run) {
        double[] x = sizes.values;
        List<double[]> results = run.of(x);
        double[] gradients =
                results.stream().skip(1).flatMapToDouble(Arrays::stream).toArray();
        assertThat(gradients).hasSize(x.length);
        for (int i = 0; i < x.length; i++) {
            double up = run.of(with(x, i, STEP)).get(0)[0];
            double down = run.of(with(x, i, -STEP)).get(0)[0];
            double expected = (up - down) / (2 * STEP);
            assertThat(gradients[i])
                    .as("%s by number %d", example, i)
                    .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
        }
    }

    private static double[] with(final double[] x, final int place, final double more) {
        double[] changed = x.clone();
        changed[place] += more;
        return changed;
    }

    private static final class Sizes {
        private long[] integers;
        private float[] floats;
        private double[] values;
    }

    /** The value: weighted sums of what the example gives or, for the second order, of its gradients. */
    private static Graph graph(final OperationExample example, final Order order, final Sizes sizes) {
        Trace trace = new Trace(NO_READER);
        trace.begin();
        SplittableRandom random = new SplittableRandom(7);
        List<Tensor> inputs = new ArrayList<>();
        for (final long[] shape : example.shapes()) {
            float[] numbers = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) example.number(random);
            }
            inputs.add(trace.tensor(numbers, shape));
        }
        Tensor value = weighted(trace, example.of(trace, inputs));
        try (GradientTape tape = new GradientTape()) {
            if (order == Order.SECOND) {
                Tensor sum = null;
                for (final Tensor gradient : tape.gradient(value, inputs)) {
                    Tensor part = weighted(trace, gradient);
                    sum = sum == null ? part : sum.add(part);
                }
                value = sum;
            }
            trace.output(value);
            tape.gradient(value, inputs).forEach(trace::output);
        }
        Trace.Packed packed = trace.ofStep();
        sizes.integers = packed.integers();
        sizes.floats = packed.floats();
        sizes.values = new double[sizes.floats.length];
        for (int i = 0; i < sizes.values.length; i++) {
            sizes.values[i] = sizes.floats[i];
        }
        return Graph.of(trace);
    }

    /** A sum in which each number counts differently, so that gradients do not cancel. */
    private static Tensor weighted(final Trace trace, final Tensor tensor) {
        Tensor flat = tensor.reshape(1, tensor.size());
        Tensor places = trace.full(1, tensor.size(), 1).mul(0.7);
        Tensor nonlinear = flat.add(flat.square().mul(0.3));
        return nonlinear.matmul(places).sum();
    }

    private static List<double[]> run(
            final ProgramModule module, final long[] integers, final double[] x, final NDManager arrays) {
        List<double[]> results = new ArrayList<>();
        try (NDManager call = arrays.newSubManager()) {
            IValue[] arguments = {
                IValue.from(1L),
                IValue.from((PtNDArray) call.create(integers.length == 0 ? new long[1] : integers)),
                IValue.from((PtNDArray) call.create(x, new Shape(x.length))),
                IValue.listFrom(new double[1])
            };
            module.run(arguments, (PtNDManager) call).forEach(result -> results.add(result.toDoubleArray()));
            for (final IValue argument : arguments) {
                argument.close();
            }
        }
        return results;
    }
}
