package org.gradienttape.model;

import org.gradienttape.data.Preprocessing;
import org.gradienttape.layer.Network;

/**
 * A model without its weights.
 *
 * @param network the layers
 * @param preprocessing how samples became what it learned from, and what its classes are called
 */
public record Outline(Network network, Preprocessing preprocessing) {
    /** The same network, for samples that are treated in this way. */
    public Outline with(final Preprocessing other) {
        return new Outline(network, other);
    }
}
