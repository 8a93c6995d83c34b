package org.gradienttape.torch;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;

/** Finds the computation of each kind of layer. A new kind is one class and one line here. */
final class LayerOps {
    /**
     * Where a layer stands.
     *
     * @param node the layer with its shapes
     * @param firstWeight place of the layer's first weight in the network's order; the others follow
     * @param random of the run, for layers that draw numbers
     */
    record Site(Network.Node node, int firstWeight, RandomGenerator random) {}

    @FunctionalInterface
    private interface Maker<L extends Layer> {
        LayerOp make(L layer, Site site);
    }

    private static final Map<Class<? extends Layer>, Maker<Layer>> MAKERS = new HashMap<>();

    static {
        register(Layer.Dense.class, DenseOp::new);
        register(Layer.ReLU.class, (layer, site) -> new ReluOp());
        register(Layer.Flatten.class, (layer, site) -> new ReshapeOp(site));
        register(Layer.Reshape.class, (layer, site) -> new ReshapeOp(site));
        register(Layer.Dropout.class, DropoutOp::new);
        register(Layer.ActivityRegularization.class, (layer, site) -> new ActivityRegularizationOp(layer));
    }

    private LayerOps() {}

    static LayerOp of(final Site site) {
        final Layer layer = site.node().layer();
        return MAKERS.get(layer.getClass()).make(layer, site);
    }

    private static <L extends Layer> void register(final Class<L> kind, final Maker<L> maker) {
        MAKERS.put(kind, (layer, site) -> maker.make(kind.cast(layer), site));
    }
}
