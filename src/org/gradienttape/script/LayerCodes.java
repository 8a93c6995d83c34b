package org.gradienttape.script;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.NormalizationLayer;

/** Finds the code of each kind of layer. A new kind is one class and one line here. */
final class LayerCodes {
    private static final Map<Class<? extends Layer>, BiFunction<Layer, Site, LayerCode>> MAKERS = new HashMap<>();

    static {
        register(Layer.Dense.class, DenseCode::new);
        register(Layer.ReLU.class, (layer, site) -> activation(Activation.RELU, site));
        register(Layer.Flatten.class, (layer, site) -> new ReshapeCode(site));
        register(Layer.Reshape.class, (layer, site) -> new ReshapeCode(site));
        register(Layer.Dropout.class, DropoutCode::new);
        register(Layer.ActivityRegularization.class, ActivityRegularizationCode::new);
        register(ImageLayer.Conv2D.class, Conv2DCode::new);
        register(ImageLayer.Conv2DTranspose.class, Conv2DTransposeCode::new);
        register(ImageLayer.MaxPooling2D.class, (layer, site) -> PoolingCode.largest(layer.window(), site));
        register(ImageLayer.AveragePooling2D.class, (layer, site) -> PoolingCode.mean(layer.window(), site));
        register(ImageLayer.GlobalMaxPooling2D.class, (layer, site) -> global("torch.amax", site));
        register(ImageLayer.GlobalAveragePooling2D.class, (layer, site) -> global("torch.mean", site));
        register(NormalizationLayer.BatchNormalization.class, NormalizationCode::byBatch);
        register(NormalizationLayer.LayerNormalization.class, NormalizationCode::byLastAxis);
        register(ActivationLayer.LeakyReLU.class, (layer, site) -> elementwise(Elementwise.leakyRelu(layer), site));
        register(ActivationLayer.ELU.class, (layer, site) -> elementwise(Elementwise.elu(layer.alpha()), site));
        register(
                ActivationLayer.GELU.class,
                (layer, site) -> elementwise(Elementwise.gelu(layer.approximate() ? "tanh" : "none"), site));
        register(ActivationLayer.SiLU.class, (layer, site) -> activation(Activation.SILU, site));
        register(ActivationLayer.Sigmoid.class, (layer, site) -> activation(Activation.SIGMOID, site));
        register(ActivationLayer.Tanh.class, (layer, site) -> activation(Activation.TANH, site));
        register(ActivationLayer.Softmax.class, (layer, site) -> activation(Activation.SOFTMAX, site));
    }

    private LayerCodes() {}

    static LayerCode of(final Site site) {
        final Layer layer = site.node().layer();
        return MAKERS.get(layer.getClass()).apply(layer, site);
    }

    private static LayerCode activation(final Activation activation, final Site site) {
        return elementwise(Elementwise.of(activation).orElseThrow(), site);
    }

    private static LayerCode elementwise(final Elementwise function, final Site site) {
        return (pass, input) -> function.forward(pass, site.name(), input);
    }

    /** One number per channel of [batch, height, width, channels]; equal largest numbers share the gradient. */
    private static LayerCode global(final String function, final Site site) {
        return (pass, input) ->
                Written.withoutGradient(pass.let(site.name(), function + "(" + input + ", [1, 2], False)"));
    }

    private static <L extends Layer> void register(final Class<L> kind, final BiFunction<L, Site, LayerCode> maker) {
        MAKERS.put(kind, (layer, site) -> maker.apply(kind.cast(layer), site));
    }
}
