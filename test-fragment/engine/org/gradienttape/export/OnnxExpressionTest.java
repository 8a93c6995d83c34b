package org.gradienttape.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.gradienttape.graph.AnyBatch;
import org.gradienttape.graph.Graph;
import org.gradienttape.graph.Trace;
import org.gradienttape.layer.Shape;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.torch.OperationExample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Each operation in ONNX Runtime, whether a layer of today uses it or one that somebody writes. */
class OnnxExpressionTest {
    private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();
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

    /** The code of a forward pass; its tensor is one row of numbers. */
    private interface Code {
        Tensor of(Trace trace, Tensor row);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"NLL", "TAKE", "WINDOWS", "ADD_WINDOWS", "GRADIENT_OF_LARGEST"})
    void onnxRuntimeComputesWhatTheEngineComputes(final OperationExample example) throws OrtException {
        SplittableRandom random = new SplittableRandom(3);
        List<float[]> inputs = Arrays.stream(example.shapes())
                .map(shape -> numbers(example, shape, random))
                .toList();
        float[] expected = example.computed(inputs);
        float[] row = new float[inputs.stream().mapToInt(input -> input.length).sum()];
        int filled = 0;
        for (final float[] input : inputs) {
            System.arraycopy(input, 0, row, filled, input.length);
            filled += input.length;
        }

        GraphProto graph = graph(row.length, expected.length, (trace, x) -> {
            List<Tensor> tensors = new ArrayList<>();
            int from = 0;
            for (final long[] shape : example.shapes()) {
                int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
                tensors.add(x.slice(0, from, from + size).reshape(shape));
                from += size;
            }
            return example.of(trace, tensors);
        });

        for (final int batch : new int[] {1, 3}) {
            float[] found = run(graph, row, batch);
            assertThat(found).hasSize(batch * expected.length);
            assertThat(Arrays.copyOf(found, expected.length)).containsExactly(expected, within(1e-5f));
        }
    }

    @Test
    void takesEntriesAtComputedPlaces() throws OrtException {
        GraphProto graph = graph(3, 2, (trace, x) -> {
            Tensor last = x.argmax(0).reshape(1);
            return x.take(trace.concat(0, last, x.reshape(3, 1).argmax(0)), 0);
        });

        assertThat(run(graph, new float[] {5, 2, 7}, 1)).containsExactly(7, 7);
    }

    @Test
    void computesMatricesOfTheBatchByTheBatch() throws OrtException {
        GraphProto graph =
                ofBatch(2, 1, (trace, x) -> x.matmul(x.permute(1, 0)).sum(1).reshape(-1, 1));

        assertThat(run(graph, new float[] {1, 2}, 1)).containsExactly(5);
        assertThat(run(graph, new float[] {1, 2}, 3)).containsExactly(15, 15, 15);
    }

    @Test
    void fillsShapesThatFollowFromTheBatch() throws OrtException {
        GraphProto graph = ofBatch(
                2,
                6,
                (trace, x) ->
                        trace.concat(1, x, trace.full(4, x.size(0), 2), x.sum(0).expand(x.size(0), 2)));

        assertThat(run(graph, new float[] {1, 2}, 2)).containsExactly(1, 2, 4, 4, 2, 4, 1, 2, 4, 4, 2, 4);
    }

    @Test
    void whatOnnxCannotSayIsRefusedByTheNameOfItsLayer() {
        for (final Code code : List.<Code>of(
                (trace, x) -> x.reshape(1, 1, 2, 2).windows(2, 2, 0, 0).reshape(4),
                (trace, x) -> x.reshape(1, 4, 1).addWindows(2, 2, 0, 0, 2, 2).reshape(4),
                (trace, x) -> new GradientTape().gradient(x.relu().sum(), x))) {
            assertThatThrownBy(() -> graph(4, 4, code))
                    .isInstanceOf(TensorException.class)
                    .hasMessageMatching("ONNX has no form for the operation [a-z ]+ of my: Layer, 4 to 4");
        }
    }

    @Test
    void numbersThatAreTheSameInEveryStepAreInTheFile() throws OrtException {
        GraphProto graph = ofBatch(2, 2, (trace, x) -> x.mul(trace.constant(new double[] {0.5, -3}, 1, 2)));

        assertThat(run(graph, new float[] {2, 4}, 2)).containsExactly(1, -12, 1, -12);
    }

    @Test
    void numbersOfJavaAreRefusedByTheNameOfTheirLayer() {
        for (final Code code : List.<Code>of(
                (trace, x) -> x.mul(trace.tensor(new float[4], 4)),
                (trace, x) -> x.take(trace.tensor(new long[4], 4), 0))) {
            assertThatThrownBy(() -> graph(4, 4, code))
                    .isInstanceOf(TensorException.class)
                    .hasMessage("my: Layer, 4 to 4 uses numbers that Java code makes at each call");
        }
    }

    /** The mean over the batch divides by a number of the JVM; an if asks for the batch; a slice is as long as the batch. */
    @Test
    void whatDependsOnTheBatchInAnotherWayIsRefusedByTheNameOfItsLayer() {
        for (final Code code : List.<Code>of(
                (trace, x) -> x.sub(x.mean(0)),
                (trace, x) -> x.size(0) % 2 == 0 ? x.relu() : x.exp(),
                (trace, x) -> x.size(0) % 2 == 0 ? x : x.exp().exp(),
                (trace, x) -> x.slice(0, 1, x.size(0)),
                (trace, x) -> x.mul(x.size(0)),
                (trace, x) -> x.sum(0).expand(x.size(0) * x.size(0), 2).slice(0, 0, 1))) {
            assertThatThrownBy(() -> ofBatch(2, 2, code))
                    .isInstanceOf(TensorException.class)
                    .hasMessage("my: Layer, 4 to 4 computes something else for each number of samples");
        }
    }

    /** Of code that sees one row; what it gives is repeated for each sample. */
    private static GraphProto graph(final int inputs, final int outputs, final Code code) {
        return ofBatch(inputs, outputs, (trace, x) -> {
            Tensor row = x.slice(0, 0, 1).reshape(inputs);
            return code.of(trace, row).reshape(1, outputs).expand(x.size(0), outputs);
        });
    }

    private static GraphProto ofBatch(final int inputs, final int outputs, final Code code) {
        AnyBatch pass = AnyBatch.of(1_000, batch -> {
            Trace trace = new Trace(NO_READER);
            trace.begin();
            trace.at("my: Layer, 4 to 4");
            trace.output(code.of(trace, trace.resident(inputs, NumberType.FLOAT32, batch, inputs)));
            return Graph.of(trace);
        });
        return OnnxGraph.of(new TracedModel(pass, List.of()), name -> null, Shape.of(inputs), Shape.of(outputs));
    }

    private static float[] numbers(final OperationExample example, final long[] shape, final SplittableRandom random) {
        float[] numbers = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) example.number(random);
        }
        return numbers;
    }

    /** The row, several times. */
    private static float[] run(final GraphProto graph, final float[] row, final int batch) throws OrtException {
        float[] rows = new float[batch * row.length];
        for (int i = 0; i < batch; i++) {
            System.arraycopy(row, 0, rows, i * row.length, row.length);
        }
        byte[] file = OnnxFile.of(graph, Map.of()).toByteArray();
        try (OrtSession session = RUNTIME.createSession(file);
                OnnxTensor input =
                        OnnxTensor.createTensor(RUNTIME, FloatBuffer.wrap(rows), new long[] {batch, row.length});
                OrtSession.Result result = session.run(Map.of("input", input))) {
            FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] numbers = new float[output.remaining()];
            output.get(numbers);
            return numbers;
        }
    }
}
