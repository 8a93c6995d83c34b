package org.gradienttape.graph;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.gradienttape.tensor.Convolution;
import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Pooling;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;

/**
 * A forward pass for any number of samples. Its code is traced with three batch sizes: numbers that differ must follow from
 * the batch size by a factor and a summand, and whatever else differs is refused. So nothing is guessed from a number that
 * only looks like the batch size.
 */
public final class AnyBatch {
    private static final int TRACES = 3;

    /**
     * A whole number: so many per sample, and so many more.
     *
     * @param perSample 0 for a number that does not depend on the batch
     */
    public record Size(long perSample, long fixed) {
        public boolean isFixed() {
            return perSample == 0;
        }
    }

    private final Graph graph;
    private final Map<Tensor, List<Size>> attributes = new IdentityHashMap<>();
    private final Map<Tensor, List<Size>> shapes = new IdentityHashMap<>();

    private AnyBatch(final long smallest, final List<Graph> graphs) {
        this.graph = graphs.get(0);
        final List<List<Tensor>> nodes = graphs.stream().map(Graph::needed).toList();
        final List<Map<Tensor, Integer>> places =
                nodes.stream().map(AnyBatch::places).toList();
        for (int i = 0; i < nodes.get(0).size(); i++) {
            final int place = i;
            final Tensor node = nodes.get(0).get(i);
            final List<Tensor> same = nodes.stream()
                    .map(all -> place < all.size() ? all.get(place) : null)
                    .toList();
            compare(node, same, places);
            attributes.put(
                    node,
                    sizes(smallest, node, same.stream().map(Tensor::attributes).toList()));
            shapes.put(
                    node, sizes(smallest, node, same.stream().map(Tensor::shape).toList()));
        }
        for (final List<Tensor> other : nodes) {
            if (other.size() != nodes.get(0).size()) {
                throw differs(other.get(nodes.get(0).size() - 1));
            }
        }
        nodes.get(0).forEach(this::check);
    }

    /**
     * Traces the code.
     *
     * @param smallest a batch size larger than every size in the code, so that none of them is equal to it
     * @param pass gives the graph for a batch size; its outputs and nothing else are looked at
     * @throws TensorException if what is computed depends on the batch size in another way; names the layer
     */
    public static AnyBatch of(final long smallest, final LongFunction<Graph> pass) {
        return new AnyBatch(
                smallest,
                LongStream.range(smallest, smallest + TRACES).mapToObj(pass).toList());
    }

    /** The graph, in which numbers that depend on the batch have no meaning. */
    public Graph graph() {
        return graph;
    }

    /** The whole numbers of an operation. */
    public List<Size> attributes(final Tensor tensor) {
        return attributes.get(tensor);
    }

    /** The size of each axis. */
    public List<Size> shape(final Tensor tensor) {
        return shapes.get(tensor);
    }

    private static Map<Tensor, Integer> places(final List<Tensor> nodes) {
        final Map<Tensor, Integer> places = new IdentityHashMap<>();
        nodes.forEach(node -> places.put(node, places.size()));
        return places;
    }

    private static void compare(final Tensor node, final List<Tensor> same, final List<Map<Tensor, Integer>> places) {
        final List<Integer> inputs = inputs(node, places.get(0));
        for (int i = 1; i < same.size(); i++) {
            final Tensor other = same.get(i);
            if (other == null
                    || other.operation() != node.operation()
                    || !inputs(other, places.get(i)).equals(inputs)
                    || !numbers(other).equals(numbers(node))) {
                throw differs(node);
            }
        }
    }

    private static List<Integer> inputs(final Tensor tensor, final Map<Tensor, Integer> places) {
        return Fusion.inputs(tensor).stream().map(places::get).toList();
    }

    private static List<Double> numbers(final Tensor tensor) {
        return IntStream.range(0, tensor.numberCount())
                .mapToObj(i -> tensor.number(i).value())
                .toList();
    }

    private static List<Size> sizes(final long smallest, final Tensor node, final List<long[]> found) {
        final List<Size> sizes = new ArrayList<>();
        for (int i = 0; i < found.get(0).length; i++) {
            if (found.get(1).length != found.get(0).length || found.get(2).length != found.get(0).length) {
                throw differs(node);
            }
            final long first = found.get(0)[i];
            final long perSample = found.get(1)[i] - first;
            if (found.get(2)[i] - found.get(1)[i] != perSample) {
                throw differs(node);
            }
            sizes.add(new Size(perSample, first - perSample * smallest));
        }
        return sizes;
    }

    /** Sizes of results may follow from the batch; what an operation does to them, and images, may not. */
    private void check(final Tensor node) {
        final Operation operation = node.operation();
        final boolean givesShape = operation == Form.EXPAND || operation == Form.RESHAPE || operation instanceof Source;
        if (!givesShape && !attributes(node).stream().allMatch(Size::isFixed)) {
            throw differs(node);
        }
        if (operation instanceof Convolution || operation instanceof Pooling) {
            for (final Tensor input : Fusion.inputs(node)) {
                if (!shape(input).stream().skip(1).allMatch(Size::isFixed)) {
                    throw differs(node);
                }
            }
        }
    }

    private static TensorException differs(final Tensor node) {
        return new TensorException(
                "%s computes something else for each number of samples".formatted(Graph.about(node)));
    }
}
