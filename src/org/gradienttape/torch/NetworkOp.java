package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gradienttape.layer.Network;

/** What a network computes: its layers one after the other. For one run on one thread. */
final class NetworkOp {
    private final List<LayerOp> layers = new ArrayList<>();

    /**
     * @param random of the run, for layers that draw numbers
     */
    NetworkOp(final Network network, final RandomGenerator random) {
        int weights = 0;
        for (final Network.Node node : network.nodes()) {
            layers.add(LayerOps.of(new LayerOps.Site(node, weights, random)));
            weights += node.weights().size();
        }
    }

    /**
     * @param input [batch, the network's input shape]
     * @return [batch, the network's output shape]
     */
    NDArray forward(final NDArray input, final ForwardPass pass) {
        NDArray values = input;
        for (final LayerOp layer : layers) {
            values = layer.forward(values, pass);
        }
        return values;
    }
}
