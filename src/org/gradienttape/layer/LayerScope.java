package org.gradienttape.layer;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.tensor.Variable;

/** A call of a user's layer, or of one within it. */
final class LayerScope {
    private final Outermost outermost;
    private final LayerHost host;
    private final String path;
    /** The layers of ours that were called on this batch. */
    private final Set<String> called;

    /**
     * The layer that the network knows.
     *
     * @param name in the network
     * @param about what its operations belong to
     * @param trainable whether the optimizer changes its weights
     * @param losses takes what it and those within add to the loss
     */
    record Outermost(
            String name,
            String about,
            boolean trainable,
            LayerCall.Surroundings surroundings,
            Consumer<Tensor> losses) {}

    LayerScope(final Outermost outermost, final LayerHost host) {
        this(outermost, host, "", new HashSet<>());
    }

    private LayerScope(final Outermost outermost, final LayerHost host, final String path, final Set<String> called) {
        this.outermost = outermost;
        this.host = host;
        this.path = path;
        this.called = called;
    }

    /** The shape of one sample of a batch. */
    static Shape sampleOf(final Tensor batch) {
        if (batch == null || batch.rank() == 0) {
            throw new TensorException(
                    "a layer needs [batch, sample shape], but it got " + (batch == null ? "null" : "a single number"));
        }
        final long[] shape = batch.shape();
        return new Shape(
                Arrays.stream(shape, 1, shape.length).mapToObj(Math::toIntExact).toList());
    }

    /** The same call, for a layer of this name within. */
    LayerScope inner(final String name) {
        return new LayerScope(outermost, host, path + name + "/", called);
    }

    /** The name of a layer within, unique in the network. */
    String nameOf(final String name) {
        return outermost.name() + "/" + path + name;
    }

    boolean isTrainable() {
        return outermost.trainable();
    }

    Variable weight(final WeightSpec asked) {
        return host.weight(path.isEmpty() ? asked : asked.under(path.substring(0, path.length() - 1)));
    }

    void addLoss(final Tensor loss) {
        outermost.losses().accept(loss);
    }

    LayerCall.Surroundings surroundings() {
        return outermost.surroundings();
    }

    /** Calls a layer of ours. */
    Tensor call(final Network.Node node, final List<Variable> weights, final Tensor x, final Mode mode) {
        final LayerCall call =
                new LayerCall(node, node.weights(), weights, mode, surroundings(), null, called.add(node.name()));
        call.machine().at(node.description());
        final Tensor result = node.layer().compute(call, List.of(x));
        call.losses().forEach(outermost.losses());
        call.machine().atCode(outermost.about());
        return result;
    }

    void called(
            final String name, final String type, final Optional<Layer> layer, final Tensor x, final Tensor result) {
        host.called(path + name, type, layer, x, result);
    }
}
