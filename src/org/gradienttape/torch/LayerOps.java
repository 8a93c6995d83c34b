package org.gradienttape.torch;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NormalizationLayer;

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
        register(Layer.ReLU.class, (layer, site) -> elementwise(Activation.RELU));
        register(Layer.Flatten.class, (layer, site) -> new ReshapeOp(site));
        register(Layer.Reshape.class, (layer, site) -> new ReshapeOp(site));
        register(Layer.Dropout.class, DropoutOp::new);
        register(Layer.ActivityRegularization.class, (layer, site) -> new ActivityRegularizationOp(layer));
        register(ImageLayer.Conv2D.class, Conv2DOp::new);
        register(ImageLayer.Conv2DTranspose.class, Conv2DTransposeOp::new);
        register(ImageLayer.MaxPooling2D.class, MaxPooling2DOp::new);
        register(ImageLayer.AveragePooling2D.class, AveragePooling2DOp::new);
        register(ImageLayer.GlobalMaxPooling2D.class, (layer, site) -> GlobalPooling2DOp.largest());
        register(ImageLayer.GlobalAveragePooling2D.class, (layer, site) -> GlobalPooling2DOp.mean());
        register(NormalizationLayer.BatchNormalization.class, BatchNormalizationOp::new);
        register(NormalizationLayer.LayerNormalization.class, LayerNormalizationOp::new);
        register(
                ActivationLayer.LeakyReLU.class,
                (layer, site) -> new ElementwiseOp(Activations.leakyRelu(layer.negativeSlope())));
        register(ActivationLayer.ELU.class, (layer, site) -> new ElementwiseOp(Activations.elu(layer.alpha())));
        register(
                ActivationLayer.GELU.class,
                (layer, site) -> layer.approximate()
                        ? new ElementwiseOp(Activations.approximateGelu())
                        : elementwise(Activation.GELU));
        register(ActivationLayer.SiLU.class, (layer, site) -> elementwise(Activation.SILU));
        register(ActivationLayer.Sigmoid.class, (layer, site) -> elementwise(Activation.SIGMOID));
        register(ActivationLayer.Tanh.class, (layer, site) -> elementwise(Activation.TANH));
        register(ActivationLayer.Softmax.class, (layer, site) -> elementwise(Activation.SOFTMAX));
    }

    private LayerOps() {}

    static LayerOp of(final Site site) {
        final Layer layer = site.node().layer();
        return MAKERS.get(layer.getClass()).make(layer, site);
    }

    private static LayerOp elementwise(final Activation activation) {
        return new ElementwiseOp(input -> Activations.apply(activation, input));
    }

    private static <L extends Layer> void register(final Class<L> kind, final Maker<L> maker) {
        MAKERS.put(kind, (layer, site) -> maker.make(kind.cast(layer), site));
    }
}
