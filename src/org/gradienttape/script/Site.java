package org.gradienttape.script;

import org.gradienttape.layer.Network;
import org.gradienttape.layer.WeightSpec;

/**
 * Where a layer stands.
 *
 * @param prefix of the names of all tensors of the network, empty if the module has only one network
 * @param node the layer with its shapes
 */
record Site(String prefix, Network.Node node) {
    /** The layer's name in the code. */
    String name() {
        return prefix + node.name();
    }

    /** The attribute that holds a weight, for example "dense_1_kernel". */
    String tensor(final WeightSpec weight) {
        return name() + "_" + weight.name();
    }

    /** The attribute that holds the weight of this name. */
    String tensor(final String weight) {
        return name() + "_" + weight;
    }

    /** A weight as an expression. */
    String weight(final String weight) {
        return "self." + tensor(weight);
    }

    /** For people who read the code or an error in it: "dense_1: Dense, 64 to 10". */
    String description() {
        return name() + ": " + node.layer().type() + ", " + node.input() + " to " + node.output();
    }
}
