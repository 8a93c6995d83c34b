package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.tensor.Variable;

/**
 * A layer that belongs to a {@link CustomLayer}. It gets its weights when it is called for the first time; calls after that
 * share them.
 */
public final class Sublayer {
    private final CustomLayer owner;
    private final String name;
    /** One of both. */
    private final Optional<Layer> layer;

    private final Optional<CustomLayer> custom;
    private final List<Variable> weights = new ArrayList<>();
    private Network.Node node;
    private Shape input;

    Sublayer(final CustomLayer owner, final String name, final Layer layer) {
        this.owner = owner;
        this.name = name;
        this.layer = Optional.of(layer);
        this.custom = Optional.empty();
    }

    Sublayer(final CustomLayer owner, final String name, final CustomLayer custom) {
        this.owner = owner;
        this.name = name;
        this.layer = Optional.empty();
        this.custom = Optional.of(custom);
    }

    /**
     * What the layer gives for a batch.
     *
     * @param x [batch, sample shape]; the shape of a sample is the same in all calls
     * @param mode usually that of the layer that calls
     */
    public Tensor call(final Tensor x, final Mode mode) {
        final LayerScope scope = owner.scope("calls other layers");
        final String fullName = scope.nameOf(name);
        if (mode == null) {
            throw new TensorException(
                    "the layer " + fullName + " must be called for training or for inference, but the mode is null");
        }
        checkInput(fullName, LayerScope.sampleOf(x));
        if (custom.isPresent()) {
            final Tensor result = custom.get().run(scope.inner(name), x, mode);
            if (!custom.get().isMadeOfLayers()) {
                scope.called(name, custom.get().getClass().getSimpleName(), Optional.empty(), x, result);
            }
            return result;
        }
        final Layer description = layer.get();
        if (node == null) {
            node = new Network.Node(
                    fullName,
                    description,
                    List.of(),
                    List.of(input),
                    description.outputShape(List.of(input)),
                    scope.isTrainable());
            description.weights(input).forEach(spec -> weights.add(scope.weight(spec.under(name))));
        }
        final Tensor result = scope.call(node, weights, x, mode);
        scope.called(name, description.type(), layer, x, result);
        return result;
    }

    String name() {
        return name;
    }

    Optional<CustomLayer> custom() {
        return custom;
    }

    private void checkInput(final String fullName, final Shape sample) {
        if (input == null) {
            input = sample;
        }
        if (!sample.equals(input)) {
            throw new TensorException("the layer " + fullName + " was called on samples of the shape " + input
                    + " first, and now on samples of the shape " + sample
                    + "; give it the same shape each time, or use a layer for each");
        }
    }
}
