package org.gradienttape.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Collects the nodes and constants of an ONNX graph. */
final class OnnxNodes {
    private final GraphProto.Builder graph;
    private final GraphProto.Builder outermost;
    private final UnaryOperator<String> freshNames;
    private final Map<TensorProto, String> constants;

    /**
     * @param freshNames gives a name like this one that nothing has
     */
    OnnxNodes(final GraphProto.Builder graph, final UnaryOperator<String> freshNames) {
        this(graph, graph, freshNames, new HashMap<>());
    }

    private OnnxNodes(
            final GraphProto.Builder graph,
            final GraphProto.Builder outermost,
            final UnaryOperator<String> freshNames,
            final Map<TensorProto, String> constants) {
        this.graph = graph;
        this.outermost = outermost;
        this.freshNames = freshNames;
        this.constants = constants;
    }

    /** For the nodes of a graph within, which sees the names of this one; constants stand in the outermost one. */
    OnnxNodes within(final GraphProto.Builder inner) {
        return new OnnxNodes(inner, outermost, freshNames, constants);
    }

    /**
     * Adds a node of one output.
     *
     * @param output the name of the output, and of the node
     * @param about the layer that it belongs to; empty if that is not known
     * @return the name of the output
     */
    String node(
            final String output,
            final String about,
            final String type,
            final List<String> inputs,
            final AttributeProto... attributes) {
        node(List.of(output), about, type, inputs, attributes);
        return output;
    }

    /** Adds a node of several outputs; the first one is its name. */
    void node(
            final List<String> outputs,
            final String about,
            final String type,
            final List<String> inputs,
            final AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(outputs.get(0))
                .setOpType(type)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes))
                .setDocString(about));
    }

    /** A name that nothing has. */
    String fresh(final String wish) {
        return freshNames.apply(wish);
    }

    /** Adds numbers as a constant; returns its name. */
    String floats(final String name, final float[] values, final long... shape) {
        outermost.addInitializer(
                tensor(TensorProto.DataType.FLOAT, littleEndian(values), shape).setName(name));
        return name;
    }

    /** The name of a constant with one float number, shape []. */
    String number(final double value) {
        return constant(one(value).build());
    }

    /** The name of a constant with one whole number, shape []. */
    String wholeNumber(final long value) {
        return constant(tensor(TensorProto.DataType.INT64, littleEndian(value)).build());
    }

    /** The name of a constant with some whole numbers in a row. */
    String wholeNumbers(final long... values) {
        return constant(tensor(TensorProto.DataType.INT64, littleEndian(values), values.length)
                .build());
    }

    /** The name of a constant with two float numbers in a row. */
    String pair(final float first, final float second) {
        return constant(tensor(TensorProto.DataType.FLOAT, littleEndian(new float[] {first, second}), 2)
                .build());
    }

    private String constant(final TensorProto value) {
        return constants.computeIfAbsent(value, absent -> {
            final String name = fresh("constant");
            outermost.addInitializer(value.toBuilder().setName(name));
            return name;
        });
    }

    private static TensorProto.Builder one(final double value) {
        return tensor(TensorProto.DataType.FLOAT, littleEndian(new float[] {(float) value}));
    }

    private static TensorProto.Builder tensor(
            final TensorProto.DataType type, final ByteString numbers, final long... shape) {
        final TensorProto.Builder tensor =
                TensorProto.newBuilder().setDataType(type.getNumber()).setRawData(numbers);
        Arrays.stream(shape).forEach(tensor::addDims);
        return tensor;
    }

    private static ByteString littleEndian(final float[] values) {
        final ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return UnsafeByteOperations.unsafeWrap(bytes.array());
    }

    private static ByteString littleEndian(final long... values) {
        final ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return UnsafeByteOperations.unsafeWrap(bytes.array());
    }

    static AttributeProto integer(final String name, final long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto integers(final String name, final long... values) {
        final AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }

    static AttributeProto graph(final String name, final GraphProto.Builder value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(value)
                .build();
    }

    static AttributeProto real(final String name, final double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    /** One number, as a tensor of the shape [1]. */
    static AttributeProto tensorOfOne(final String name, final double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(one(value).addDims(1))
                .build();
    }
}
