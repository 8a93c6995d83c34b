package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gradienttape.graph.Graph;
import org.gradienttape.graph.Program;
import org.gradienttape.graph.TorchExpression;
import org.gradienttape.graph.TorchWriter;
import org.gradienttape.graph.Trace;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every kind of layer that is called with tensors, in both executions. */
class LayerTensorTest {
    private static final int BATCH = 3;
    private static final double STEP = 1e-6;
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

    static Stream<LayerExample> examples() {
        return LayerExample.all();
    }

    static Stream<Arguments> inBothExecutions() {
        return Arrays.stream(Execution.values())
                .flatMap(execution -> examples().map(example -> Arguments.of(execution, example)));
    }

    @Test
    void everyKindOfLayerHasAnExample() {
        Stream<Class<?>> kinds =
                examples().<Class<?>>map(example -> example.layer().getClass()).distinct();

        assertThat(kinds).containsExactlyInAnyOrderElementsOf(LayerExample.kinds(Layer.class));
    }

    @ParameterizedTest
    @MethodSource("inBothExecutions")
    void theOutputHasTheShapeOfTheDescription(final Execution execution, final LayerExample example) {
        for (final Mode mode : Mode.values()) {
            Computed.with(execution, c -> {
                CallableNetwork network = network(example, c);
                List<Fetched> outputs = new ArrayList<>();
                c.step(() -> {
                    Tensor output = network.call(ones(c, example), mode);
                    assertThat(output.shape()).isEqualTo(batchOf(example.output()));
                    outputs.add(c.fetch(output));
                });
                c.finish();
                return assertThat(outputs.get(0).numbers())
                        .hasSize(BATCH * example.output().size());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("inBothExecutions")
    void changesNoWeightUnlessItLearns(final Execution execution, final LayerExample example) {
        for (final Mode mode : List.of(Mode.INFERENCE, Mode.FROZEN)) {
            Computed.with(execution, c -> {
                CallableNetwork network = network(example, c);
                c.step(() -> c.fetch(network.call(ones(c, example), mode)));
                c.finish();
                network.weights().forEach(weight -> assertThat(c.read(weight))
                        .as("%s, %s", mode, weight.name())
                        .isEqualTo(initial(example).get(weight.name())));
                return null;
            });
        }
    }

    @ParameterizedTest
    @MethodSource("inBothExecutions")
    void leavesNoArrayOpen(final Execution execution, final LayerExample example) {
        int outside = NativeArrays.count();
        Computed.with(execution, c -> {
            CallableNetwork network = network(example, c);
            for (int i = 0; i < 3; i++) {
                c.step(() -> c.fetch(network.call(ones(c, example), Mode.TRAINING)));
                c.finish();
            }
            return null;
        });

        assertThat(NativeArrays.count()).isEqualTo(outside);
    }

    /** Both in double precision, with central differences of 1e-6; the loss takes in what the layer adds. */
    @ParameterizedTest
    @MethodSource("examples")
    void gradientsAgreeWithFiniteDifferences(final LayerExample example) {
        TorchEngine engine = TorchEngine.start();
        engine.compute(1, () -> {
            try (NDManager arrays = engine.newManager(ai.djl.Device.cpu())) {
                Trace trace = new Trace(NO_READER);
                double[] x = trace(example, trace);
                Program program = TorchWriter.write(
                        Graph.of(trace),
                        new TorchWriter.Sizes(trace.ofStep().integers().length, x.length, 0),
                        TorchWriter.Target.plain(TorchExpression.DOUBLE),
                        trace.variables());
                long[] integers = trace.ofStep().integers();
                try (ProgramModule module = new ProgramModule(program.method(), (PtNDManager) arrays)) {
                    double[] gradients = run(module, program, trace, integers, x, arrays).stream()
                            .skip(1)
                            .flatMapToDouble(Arrays::stream)
                            .toArray();
                    assertThat(gradients).hasSize(BATCH * example.input().size() + example.parameters());
                    for (int i = 0; i < gradients.length; i++) {
                        double up = run(module, program, trace, integers, with(x, i, STEP), arrays)
                                .get(0)[0];
                        double down = run(module, program, trace, integers, with(x, i, -STEP), arrays)
                                .get(0)[0];
                        assertThat(gradients[i]).as("number %d", i).isCloseTo((up - down) / (2 * STEP), within(1e-7));
                    }
                }
                return null;
            }
        });
    }

    /**
     * A step that puts the weights into their variables, calls the layer and gives the loss with its gradients by the
     * input and all weights.
     *
     * @return the floats that the step brings: the input, the weights, then the factors of the output
     */
    private static double[] trace(final LayerExample example, final Trace trace) {
        trace.begin();
        SplittableRandom random = new SplittableRandom(11);
        List<Variable> made = new ArrayList<>();
        CallableNetwork network = Callable.of(
                example.network(),
                initial(example),
                (name, values, shape) -> {
                    made.add(new Variable(trace, name, made.size(), shape));
                    return made.get(made.size() - 1);
                },
                () -> trace,
                new SplittableRandom(2));
        Tensor x = random(trace, batchOf(example.input()), random);
        made.forEach(
                variable -> variable.assign(trace.tensor(initial(example).get(variable.name()), variable.shape())));
        Tensor factors = random(trace, batchOf(example.output()), random);
        try (GradientTape tape = new GradientTape()) {
            Tensor loss = network.call(x, Mode.FROZEN).mul(factors).sum();
            if (network.hasLosses()) {
                loss = loss.add(network.losses());
            }
            trace.output(loss);
            List<Tensor> sources = new ArrayList<>(List.of(x));
            sources.addAll(made);
            tape.gradient(loss, sources).forEach(trace::output);
        }
        float[] floats = trace.ofStep().floats();
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    private static Tensor random(final Trace trace, final long[] shape, final SplittableRandom random) {
        float[] numbers = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return trace.tensor(numbers, shape);
    }

    private static List<double[]> run(
            final ProgramModule module,
            final Program program,
            final Trace trace,
            final long[] integers,
            final double[] x,
            final NDManager arrays) {
        List<double[]> results = new ArrayList<>();
        try (NDManager call = arrays.newSubManager()) {
            List<IValue> arguments = new ArrayList<>();
            arguments.add(IValue.from(1L));
            arguments.add(IValue.from((PtNDArray) call.create(integers.length == 0 ? new long[1] : integers)));
            arguments.add(IValue.from((PtNDArray) call.create(x)));
            arguments.add(IValue.listFrom(new double[1]));
            for (final int number : program.variables()) {
                NDArray room = call.zeros(
                        new ai.djl.ndarray.types.Shape(
                                trace.variables().get(number).shape()),
                        ai.djl.ndarray.types.DataType.FLOAT64);
                arguments.add(IValue.from((PtNDArray) room));
            }
            module.run(arguments.toArray(IValue[]::new), (PtNDManager) call)
                    .forEach(result -> results.add(result.toDoubleArray()));
            arguments.forEach(IValue::close);
        }
        return results;
    }

    private static double[] with(final double[] x, final int place, final double more) {
        double[] changed = x.clone();
        changed[place] += more;
        return changed;
    }

    private static CallableNetwork network(final LayerExample example, final Computation computation) {
        return Callable.of(
                example.network(), initial(example), computation, computation::machine, new SplittableRandom(0));
    }

    private static Tensor ones(final Computation computation, final LayerExample example) {
        return computation.machine().full(1, batchOf(example.input()));
    }

    private static Weights initial(final LayerExample example) {
        return Weights.initial(example.network(), 7);
    }

    private static long[] batchOf(final Shape sample) {
        return LongStream.concat(
                        LongStream.of(BATCH), sample.dimensions().stream().mapToLong(Integer::longValue))
                .toArray();
    }
}
