package org.gradienttape.model;

import java.util.Optional;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;

/**
 * A network with its weights.
 *
 * @param network the layers
 * @param weights all weights of the network
 * @param provenance where the weights come from
 */
public record Model(Network network, Weights weights, Provenance provenance) {
    private static final String CODE = "compiled code";

    /** The name of the first weight that holds NaN or an infinite number. */
    public Optional<String> notFinite() {
        return weights.notFinite();
    }

    /** The same model, with the code that trained it, if there is any, in its provenance. */
    public Model withCode(final Optional<String> code) {
        return code.map(text -> new Model(network, weights, provenance.with(CODE, text)))
                .orElse(this);
    }

    /** The code that trained it, if it was kept. */
    public Optional<String> code() {
        return Optional.ofNullable(provenance.settings().get(CODE));
    }
}
