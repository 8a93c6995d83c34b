package org.gradienttape.torch;

import java.util.List;
import org.gradienttape.code.NetworkBuilder;
import org.gradienttape.code.NetworkBuilder.InJava;
import org.gradienttape.code.NetworkBuilder.Part;
import org.gradienttape.code.NetworkBuilder.Ready;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;

/** Layers in Java for tests. */
public final class JavaLayers {
    /** A shared layer, a residual, a layer in Java within, a weight of its own, a moving average and an added loss. */
    static final String OF_ALL_KINDS = """
            import org.gradienttape.layer.*; import org.gradienttape.tensor.*;
            public class OfAllKinds extends CustomLayer {
                private final Sublayer shared = layer(new Layer.Dense(6, Activation.TANH));
                private final Sublayer norm = layer(new NormalizationLayer.BatchNormalization());
                private final Sublayer scaled = layer(new Scaled());
                private Variable bias;
                public void build(Shape input) { bias = addWeight("bias", Initializer.RANDOM_NORMAL, input.last()); }
                public Tensor call(Tensor x, Mode mode) {
                    Tensor once = shared.call(x, mode);
                    Tensor twice = shared.call(once.add(x), mode);
                    addLoss(twice.square().sum().mul(0.1));
                    return concat(1, scaled.call(norm.call(twice, mode), mode), x.add(bias));
                }
            }
            class Scaled extends CustomLayer {
                private Variable factor;
                public void build(Shape input) { factor = addWeight("factor", Initializer.ONES, input.last()); }
                public Tensor call(Tensor x, Mode mode) { return x.mul(factor); }
            }
            """;

    private JavaLayers() {}

    /** The body of call is line 6; more members are line 4. */
    public static String layer(final String members, final String body) {
        return """
                import java.util.*; import org.gradienttape.layer.*; import org.gradienttape.tensor.*;
                public class Mine extends CustomLayer {

                %s
                    public Tensor call(Tensor x, Mode mode) {
                %s
                    }
                }
                """.formatted(members, body);
    }

    public static Network network(final Shape input, final Object... layersAndSources) {
        return NetworkBuilder.build(
                input, List.of(layersAndSources).stream().map(JavaLayers::part).toList(), () -> true);
    }

    private static Part part(final Object layerOrSource) {
        return layerOrSource instanceof Layer layer ? new Ready(layer) : new InJava("layer 1", (String) layerOrSource);
    }

    /** A layer alone. */
    static Layer one(final String source, final Shape input) {
        return network(input, source).layers().get(0);
    }
}
