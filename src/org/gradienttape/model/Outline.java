package org.gradienttape.model;

import java.util.List;
import java.util.Optional;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.layer.Network;

/**
 * A model without its weights.
 *
 * @param network the layers
 * @param preprocessing how samples became what it learned from, and what its classes are called
 */
public record Outline(Network network, Preprocessing preprocessing) {
    /** What a person should know before using a model of a stranger: that it holds code. */
    public Optional<String> holdsCode() {
        final List<String> layers =
                network.codeLayers().stream().map(Network.Node::name).toList();
        return layers.isEmpty()
                ? Optional.empty()
                : Optional.of("The model holds Java code, in "
                        + (layers.size() == 1 ? "the layer " : "the layers ") + String.join(", ", layers)
                        + ". It is compiled and runs when the model is used; it can compute, and reaches nothing else of"
                        + " this machine. Look at it in the model's view.");
    }

    /** The same network, for samples that are treated in this way. */
    public Outline with(final Preprocessing other) {
        return new Outline(network, other);
    }
}
