package org.gradienttape.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.graph.AnyBatch;
import org.gradienttape.graph.Graph;
import org.gradienttape.graph.Loops;
import org.gradienttape.graph.Names;
import org.gradienttape.layer.Shape;
import org.gradienttape.tensor.Convolution;
import org.gradienttape.tensor.Loop;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.tensor.Variable;

/** Writes a forward pass as the graph of an ONNX file. */
final class OnnxGraph {
    private static final String OUTPUT = "output";
    /** What the file calls the number of samples. */
    private static final String BATCH = "batch";

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("prediction");
    private final AnyBatch pass;
    private final List<Variable> weights;
    private final Tensor output;
    private final Names names;
    private final OnnxNodes nodes;
    private final Loops loops;
    private final Set<Tensor> written = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Tensor> absorbed = Collections.newSetFromMap(new IdentityHashMap<>());

    private OnnxGraph(final TracedModel traced) {
        this.pass = traced.pass();
        this.weights = traced.weights();
        this.output = pass.graph().outputs().get(0);
        this.names = new Names(Set.of(OnnxExpression.INPUT, OUTPUT), weights);
        this.nodes = new OnnxNodes(graph, names::fresh);
        this.loops = new Loops(pass.graph().needed());
    }

    /**
     * Writes the graph.
     *
     * @param numbers of a weight, by its name
     * @param input of one sample
     * @param output of one sample
     */
    static GraphProto of(
            final TracedModel traced, final Function<String, float[]> numbers, final Shape input, final Shape output) {
        final OnnxGraph written = new OnnxGraph(traced);
        written.graph.addInput(value(OnnxExpression.INPUT, input)).addOutput(value(OUTPUT, output));
        return written.write(numbers);
    }

    private GraphProto write(final Function<String, float[]> numbers) {
        for (final Variable weight : weights) {
            nodes.floats(weight.name(), numbers.apply(weight.name()), weight.shape());
        }
        final List<Tensor> order = pass.graph().needed();
        absorb(order);
        for (final Tensor tensor : order) {
            if (!loops.isInside(tensor) && !written.contains(tensor)) {
                write(tensor, nodes);
            }
        }
        if (isGiven(output)) {
            nodes.node(OUTPUT, output.place(), "Identity", List.of(name(output)));
        }
        return graph.build();
    }

    /** Finds products that exist only to have their windows added up, which is one operation here. */
    private void absorb(final List<Tensor> order) {
        final Map<Tensor, Integer> uses = new IdentityHashMap<>();
        uses.put(output, 1);
        order.forEach(tensor -> inputs(tensor).forEach(input -> uses.merge(input, 1, Integer::sum)));
        for (final Tensor tensor : order) {
            if (isSumOfProduct(tensor) && uses.get(inputs(tensor).get(0)) == 1) {
                absorbed.add(inputs(tensor).get(0));
            }
        }
    }

    private static List<Tensor> inputs(final Tensor tensor) {
        return IntStream.range(0, tensor.inputCount())
                .mapToObj(i -> Graph.settled(tensor.input(i)))
                .toList();
    }

    private void write(final Tensor tensor, final OnnxNodes to) {
        if (tensor.operation() instanceof Source source) {
            source(source, tensor);
        } else if (Loops.isResult(tensor)) {
            loop(tensor);
        } else if (!absorbed.contains(tensor)) {
            expression(tensor, operands(tensor), to).write();
        }
    }

    /** A loop with all its results is one node. */
    private void loop(final Tensor first) {
        final List<Tensor> results = loops.results(first);
        final List<Tensor> states =
                Stream.of(Loop.states(first)).map(Graph::settled).toList();
        final List<Tensor> elements = loops.body(first).stream()
                .filter(tensor -> tensor.operation() == Loop.ELEMENT)
                .toList();
        final List<Tensor> stacked = results.stream()
                .filter(tensor -> tensor.operation() == Loop.STACKED)
                .toList();
        final GraphProto.Builder body = GraphProto.newBuilder().setName(names.fresh("steps"));
        final OnnxNodes inner = nodes.within(body);
        Stream.of(states, elements)
                .flatMap(List::stream)
                .forEach(tensor -> body.addInput(value(name(tensor), tensor.type())));
        loops.body(first).stream()
                .filter(tensor -> !(tensor.operation() instanceof Loop))
                .forEach(tensor -> write(tensor, inner));
        Stream.concat(
                        Stream.of(Loop.successors(first)).map(Graph::settled),
                        stacked.stream().map(tensor -> inputs(tensor).get(0)))
                .map(value -> inner.node(names.fresh("left"), first.place(), "Identity", List.of(name(value))))
                .forEach(left -> body.addOutput(value(left, NumberType.FLOAT32)));
        final List<String> given = Stream.of(states, elements)
                .flatMap(List::stream)
                .map(tensor -> name(inputs(tensor).get(0)))
                .toList();
        nodes.node(
                loopOutputs(results, stacked, states.size()),
                first.place(),
                "Scan",
                given,
                OnnxNodes.graph("body", body),
                OnnxNodes.integer("num_scan_inputs", elements.size()),
                OnnxNodes.integers("scan_input_directions", directions(first, elements)),
                OnnxNodes.integers("scan_output_directions", directions(first, stacked)));
        written.addAll(results);
    }

    /** First what the states are in the end. */
    private List<String> loopOutputs(final List<Tensor> results, final List<Tensor> stacked, final int states) {
        final List<String> outputs = new ArrayList<>();
        for (int i = 0; i < states; i++) {
            final int place = i;
            outputs.add(results.stream()
                    .filter(tensor -> tensor.operation() == Loop.LAST && tensor.attribute(3) == place)
                    .findFirst()
                    .map(this::name)
                    .orElseGet(() -> names.fresh("last")));
        }
        stacked.forEach(tensor -> outputs.add(name(tensor)));
        return outputs;
    }

    private static long[] directions(final Tensor first, final List<Tensor> sequences) {
        return sequences.stream().mapToLong(each -> first.attribute(2)).toArray();
    }

    /** Of a loop's body; the engine of the file finds the shape out. */
    private static ValueInfoProto value(final String name, final NumberType type) {
        final TensorProto.DataType numbers =
                switch (type) {
                    case BOOL -> TensorProto.DataType.BOOL;
                    case INT64 -> TensorProto.DataType.INT64;
                    case UINT8 -> TensorProto.DataType.UINT8;
                    case FLOAT32 -> TensorProto.DataType.FLOAT;
                };
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(numbers.getNumber())))
                .build();
    }

    /** What the operation is written with: for windows of a product its factors. */
    private static List<Tensor> operands(final Tensor tensor) {
        final List<Tensor> inputs = inputs(tensor);
        return isSumOfProduct(tensor) ? inputs(inputs.get(0)) : inputs;
    }

    private static boolean isSumOfProduct(final Tensor tensor) {
        return tensor.operation() == Convolution.ADD_WINDOWS
                && OnnxExpression.isProductOfWindows(inputs(tensor).get(0));
    }

    private void source(final Source source, final Tensor tensor) {
        switch (source) {
            case FULL -> expression(tensor, List.of(), nodes).full();
            case CONSTANT -> nodes.floats(name(tensor), tensor.numbers(), tensor.shape());
            case FLOATS, INTEGERS ->
                throw new TensorException(Graph.about(tensor) + " uses numbers that Java code makes at each call");
            case VARIABLE, RESIDENT -> {}
        }
    }

    private OnnxExpression expression(final Tensor tensor, final List<Tensor> inputs, final OnnxNodes to) {
        return new OnnxExpression(tensor, inputs.stream().map(this::name).toList(), name(tensor), pass, to);
    }

    private String name(final Tensor tensor) {
        if (tensor.operation() == Source.VARIABLE) {
            return weights.get((int) tensor.attribute(0)).name();
        }
        if (tensor.operation() == Source.RESIDENT) {
            return OnnxExpression.INPUT;
        }
        return tensor == output ? OUTPUT : names.of(tensor);
    }

    /** Whether it is there without a node. */
    private static boolean isGiven(final Tensor tensor) {
        return tensor.operation() == Source.VARIABLE || tensor.operation() == Source.RESIDENT;
    }

    private static ValueInfoProto value(final String name, final Shape sample) {
        final TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
        sample.dimensions()
                .forEach(size ->
                        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size)));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(shape)))
                .build();
    }
}
