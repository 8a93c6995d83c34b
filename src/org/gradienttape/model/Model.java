package org.gradienttape.model;

import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;

/**
 * A network with its weights.
 *
 * @param network the layers
 * @param weights all weights of the network
 * @param provenance where the weights come from
 */
public record Model(Network network, Weights weights, Provenance provenance) {}
