package org.gradienttape.export;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.code.CancelWatch;
import org.gradienttape.code.CodePlaces;
import org.gradienttape.code.CodeThread;
import org.gradienttape.code.LayerCode;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.graph.AnyBatch;
import org.gradienttape.graph.Graph;
import org.gradienttape.graph.Trace;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.model.Model;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.SeededRandom;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.tensor.Variable;

/**
 * What a model computes in inference, for any number of samples.
 *
 * @param pass its one resident is the samples, its one output the predictions
 * @param weights all weights, in the network's order
 */
record TracedModel(AnyBatch pass, List<Variable> weights) {
    private static final Trace.Reader NO_NUMBERS = new Trace.Reader() {
        @Override
        public float[] floats(final Tensor tensor) {
            throw asksForNumbers(tensor);
        }

        @Override
        public long[] longs(final Tensor tensor) {
            throw asksForNumbers(tensor);
        }
    };

    /** Writes a traced model in some format. */
    @FunctionalInterface
    interface Writer<T> {
        T of(TracedModel traced);
    }

    /**
     * Traces a model and writes it.
     *
     * @param format for error sentences, for example "ONNX"
     * @param goOn asked while layers in Java run; false cancels
     * @throws InvalidInputException if the format cannot hold what a layer computes; names the layer
     */
    static <T> T written(final Model model, final String format, final BooleanSupplier goOn, final Writer<T> writer) {
        try {
            return writer.of(of(model, goOn));
        } catch (final TensorException misfit) {
            throw new InvalidInputException(
                    "The model cannot be written as " + format + ", since " + misfit.getMessage()
                            + "; choose another format, or another layer.",
                    misfit);
        }
    }

    /** Java code runs on a thread of its own. */
    private static TracedModel of(final Model model, final BooleanSupplier goOn) {
        if (!model.network().holdsCode()) {
            return of(model, LayerCode.NONE, () -> false);
        }
        final LayerCode layers = LayerCode.of(List.of(model.network()));
        final CodeThread thread = new CodeThread(new CodePlaces(layers.all())::lineOf);
        return thread.run(() -> of(model, layers, thread::isStopped), goOn);
    }

    private static TracedModel of(final Model model, final LayerCode layers, final BooleanSupplier stopped) {
        final Network network = model.network();
        final Trace trace = new Trace(NO_NUMBERS);
        trace.watchedBy(new CancelWatch(stopped));
        final List<Variable> weights = new ArrayList<>();
        final CallableNetwork callable = new CallableNetwork(
                network,
                model.weights(),
                (name, values, shape) -> {
                    weights.add(new Variable(trace, name, weights.size(), shape));
                    return weights.get(weights.size() - 1);
                },
                () -> trace,
                new SeededRandom(new SplittableRandom(0), () -> trace),
                layers::object);
        final AnyBatch pass = AnyBatch.of(largestSize(network) + 1, batch -> {
            trace.begin();
            final long[] shape = batchOf(batch, network.input());
            trace.output(callable.call(trace.resident(network, NumberType.FLOAT32, shape), Mode.INFERENCE));
            final Graph graph = Graph.of(trace);
            graph.assigned().keySet().forEach(changed -> {
                throw new TensorException("the weight " + changed.name() + " changes with each prediction");
            });
            return graph;
        });
        return new TracedModel(pass, List.copyOf(weights));
    }

    private static long[] batchOf(final long batch, final Shape sample) {
        return Stream.concat(Stream.of(batch), sample.dimensions().stream().map(Integer::longValue))
                .mapToLong(Long::longValue)
                .toArray();
    }

    /** Of all samples between layers, and of all weights. */
    private static long largestSize(final Network network) {
        return network.nodes().stream()
                .flatMap(node -> Stream.concat(
                        Stream.of(node.input(), node.output()),
                        node.weights().stream().map(WeightSpec::shape)))
                .flatMapToInt(shape -> IntStream.concat(
                        IntStream.of(shape.size()), shape.dimensions().stream().mapToInt(Integer::intValue)))
                .asLongStream()
                .max()
                .orElse(1);
    }

    private static TensorException asksForNumbers(final Tensor tensor) {
        return new TensorException(Graph.about(tensor) + " asks for numbers in Java code");
    }
}
