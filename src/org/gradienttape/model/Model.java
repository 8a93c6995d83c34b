package org.gradienttape.model;

import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;

/**
 * A network with its weights.
 *
 * @param network the layers
 * @param weights all weights of the network
 * @param preprocessing how samples became what it learned from, and what its classes are called
 * @param provenance where the weights come from
 */
public record Model(Network network, Weights weights, Preprocessing preprocessing, Provenance provenance) {
    private static final String CODE = "compiled code";

    /** The name of the first weight that holds NaN or an infinite number. */
    public Optional<String> notFinite() {
        return weights.notFinite();
    }

    /**
     * Refuses to write a model that can only predict NaN.
     *
     * @param file that it would go to
     * @throws InvalidInputException if a weight holds NaN or an infinite number; names it
     */
    public void checkFinite(final Path file) {
        notFinite().ifPresent(broken -> {
            throw new InvalidInputException("The weights of a model must be finite numbers, but " + broken
                    + " holds NaN or an infinite one, so " + file + " was not written; train the model again.");
        });
    }

    /** A model that has learned nothing yet. */
    public Model(final Network network, final Weights weights, final Provenance provenance) {
        this(network, weights, Preprocessing.UNKNOWN, provenance);
    }

    /** The model without its weights. */
    public Outline outline() {
        return new Outline(network, preprocessing);
    }

    /** The same network and weights, for samples that are treated in this way. */
    public Model with(final Preprocessing other) {
        return new Model(network, weights, other, provenance);
    }

    /** The same model, with the code that trained it, if there is any, in its provenance. */
    public Model withCode(final Optional<String> code) {
        return code.map(text -> new Model(network, weights, preprocessing, provenance.with(CODE, text)))
                .orElse(this);
    }

    /** The code that trained it, if it was kept. */
    public Optional<String> code() {
        return Optional.ofNullable(provenance.settings().get(CODE));
    }
}
