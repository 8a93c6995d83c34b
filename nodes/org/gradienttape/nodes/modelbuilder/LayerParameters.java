package org.gradienttape.nodes.modelbuilder;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gradienttape.code.NetworkBuilder;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Layer;
import org.gradienttape.nodes.BelowOne;
import org.gradienttape.nodes.modelbuilder.LayerType.Setting;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.message.TextMessage;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** One layer in the dialog: its type, and the settings that its type shows. */
@LoadDefaultsForAbsentFields
final class LayerParameters implements NodeParameters {
    static final class TypeReference implements ParameterReference<LayerType> {}

    /** Shows a field for the types that have it. */
    abstract static class Shows implements EffectPredicateProvider {
        private final LayerType[] types;

        Shows(final Setting setting) {
            types = Stream.of(LayerType.values())
                    .filter(type -> type.shows(setting))
                    .toArray(LayerType[]::new);
        }

        @Override
        public final EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(TypeReference.class).isOneOf(types);
        }
    }

    static final class HasDense extends Shows {
        HasDense() {
            super(Setting.DENSE);
        }
    }

    static final class HasWeights extends Shows {
        HasWeights() {
            super(Setting.WEIGHTS);
        }
    }

    static final class HasConvolution extends Shows {
        HasConvolution() {
            super(Setting.CONVOLUTION);
        }
    }

    static final class HasPooling extends Shows {
        HasPooling() {
            super(Setting.POOLING);
        }
    }

    static final class HasFrame extends Shows {
        HasFrame() {
            super(Setting.FRAME);
        }
    }

    static final class HasAugmentation extends Shows {
        HasAugmentation() {
            super(Setting.AUGMENTATION);
        }
    }

    static final class HasSequence extends Shows {
        HasSequence() {
            super(Setting.SEQUENCE);
        }
    }

    static final class HasRecurrent extends Shows {
        HasRecurrent() {
            super(Setting.RECURRENT);
        }
    }

    static final class HasEmbedding extends Shows {
        HasEmbedding() {
            super(Setting.EMBEDDING);
        }
    }

    static final class HasAttention extends Shows {
        HasAttention() {
            super(Setting.ATTENTION);
        }
    }

    static final class HasMaskValue extends Shows {
        HasMaskValue() {
            super(Setting.MASK_VALUE);
        }
    }

    static final class HasNormalization extends Shows {
        HasNormalization() {
            super(Setting.NORMALIZATION);
        }
    }

    static final class HasScaling extends Shows {
        HasScaling() {
            super(Setting.SCALING);
        }
    }

    static final class HasTargetShape extends Shows {
        HasTargetShape() {
            super(Setting.TARGET_SHAPE);
        }
    }

    static final class HasRate extends Shows {
        HasRate() {
            super(Setting.RATE);
        }
    }

    static final class HasStddev extends Shows {
        HasStddev() {
            super(Setting.STDDEV);
        }
    }

    static final class HasPenalty extends Shows {
        HasPenalty() {
            super(Setting.PENALTY);
        }
    }

    static final class HasNegativeSlope extends Shows {
        HasNegativeSlope() {
            super(Setting.NEGATIVE_SLOPE);
        }
    }

    static final class HasSharedAxes extends Shows {
        HasSharedAxes() {
            super(Setting.SHARED_AXES);
        }
    }

    static final class HasAlpha extends Shows {
        HasAlpha() {
            super(Setting.ALPHA);
        }
    }

    static final class HasApproximate extends Shows {
        HasApproximate() {
            super(Setting.APPROXIMATE);
        }
    }

    static final class TakesSingleSteps extends Shows {
        TakesSingleSteps() {
            super(Setting.FOR_EACH_STEP);
        }
    }

    static final class HasOwnLayer extends Shows {
        HasOwnLayer() {
            super(Setting.OWN_LAYER);
        }
    }

    /** Explains the chosen type alone. */
    static final class Explanation implements StateProvider<Optional<TextMessage.Message>> {
        private Supplier<LayerType> type;

        @Override
        public void init(final StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
            type = initializer.computeFromValueSupplier(TypeReference.class);
        }

        @Override
        public Optional<TextMessage.Message> computeState(final NodeParametersInput input) {
            final LayerType chosen = type.get();
            return Optional.of(
                    new TextMessage.Message(chosen.title(), chosen.explanation(), TextMessage.MessageType.INFO));
        }
    }

    @Widget(
            title = "Type",
            description =
                    "What the layer does; the message below explains the chosen type. The common types come first, then"
                            + " those for images, for augmentation, for sequences, those that reshape and scale, and"
                            + " activation functions.")
    @ValueReference(TypeReference.class)
    LayerType type = LayerType.DENSE;

    @TextMessage(Explanation.class)
    Void explanation;

    @Widget(title = "Units", description = "How many outputs a Dense layer has, or each step of a sequence.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasDense.class, type = EffectType.SHOW)
    int units = 64;

    @Widget(
            title = "Activation",
            description =
                    "The function that a Dense layer applies to its output; None for a last layer that gives logits. The"
                            + " layers of the same names explain them.")
    @Effect(predicate = HasDense.class, type = EffectType.SHOW)
    ActivationFunction activation = ActivationFunction.NONE;

    @Widget(title = "Use bias", description = "Whether a Dense layer adds a trainable number to each output.")
    @Effect(predicate = HasDense.class, type = EffectType.SHOW)
    boolean useBias = true;

    @Widget(
            title = "Target shape",
            description = "The shape that Reshape gives one sample, as numbers with commas between them, for example"
                    + " <i>28, 28, 1</i>.")
    @Effect(predicate = HasTargetShape.class, type = EffectType.SHOW)
    String targetShape = "28, 28, 1";

    @Widget(title = "Rate", description = "The part of the inputs, or of the channels, that is set to 0; below 1.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = BelowOne.class)
    @Effect(predicate = HasRate.class, type = EffectType.SHOW)
    double rate = 0.5;

    @Widget(title = "Standard deviation", description = "Of the numbers that GaussianNoise adds, at least 0.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = HasStddev.class, type = EffectType.SHOW)
    double stddev = 0.1;

    @Widget(
            title = "L1",
            description = "ActivityRegularization adds L1 times the sum of the absolute values of a sample.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = HasPenalty.class, type = EffectType.SHOW)
    double l1;

    @Widget(title = "L2", description = "ActivityRegularization adds L2 times the sum of the squares of a sample.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = HasPenalty.class, type = EffectType.SHOW)
    double l2;

    @Effect(predicate = HasConvolution.class, type = EffectType.SHOW)
    ConvolutionParameters convolution = new ConvolutionParameters();

    @Effect(predicate = HasPooling.class, type = EffectType.SHOW)
    PoolingParameters pooling = new PoolingParameters();

    @Effect(predicate = HasFrame.class, type = EffectType.SHOW)
    FrameParameters frame = new FrameParameters();

    @Effect(predicate = HasAugmentation.class, type = EffectType.SHOW)
    AugmentationParameters augmentation = new AugmentationParameters();

    @Effect(predicate = HasSequence.class, type = EffectType.SHOW)
    SequenceParameters sequence = new SequenceParameters();

    @Effect(predicate = HasRecurrent.class, type = EffectType.SHOW)
    RecurrentParameters recurrent = new RecurrentParameters();

    @Effect(predicate = HasEmbedding.class, type = EffectType.SHOW)
    EmbeddingParameters embedding = new EmbeddingParameters();

    @Effect(predicate = HasAttention.class, type = EffectType.SHOW)
    AttentionParameters attention = new AttentionParameters();

    @Widget(title = "Mask value", description = "Masking leaves out the steps in which all features are this number.")
    @Effect(predicate = HasMaskValue.class, type = EffectType.SHOW)
    double maskValue;

    @Effect(predicate = HasScaling.class, type = EffectType.SHOW)
    ScalingParameters scaling = new ScalingParameters();

    @Effect(predicate = HasNormalization.class, type = EffectType.SHOW)
    NormalizationParameters normalization = new NormalizationParameters();

    @Widget(title = "Negative slope", description = "What LeakyReLU multiplies numbers below 0 by, at least 0.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = HasNegativeSlope.class, type = EffectType.SHOW)
    double negativeSlope = 0.3;

    @Widget(
            title = "Shared axes",
            description =
                    "Axes along which all numbers share what PReLU learns, with commas between them: <i>1, 2</i> for"
                            + " one number per channel of an image. Empty for one number per input.")
    @Effect(predicate = HasSharedAxes.class, type = EffectType.SHOW)
    String sharedAxes = "";

    @Widget(title = "Alpha", description = "ELU falls to minus this number.")
    @Effect(predicate = HasAlpha.class, type = EffectType.SHOW)
    double alpha = 1;

    @Widget(
            title = "Approximate",
            description = "Whether GELU approximates the normal distribution with a hyperbolic tangent.")
    @Effect(predicate = HasApproximate.class, type = EffectType.SHOW)
    boolean approximate;

    @Effect(predicate = HasWeights.class, type = EffectType.SHOW)
    WeightParameters weights = new WeightParameters();

    @Widget(
            title = "For each step (TimeDistributed)",
            description =
                    "Whether the layer is called for each step of a sequence by itself, with the same weights. The"
                            + " input is then steps of what the layer takes: steps x height x width x channels for Conv2D.")
    @Effect(predicate = TakesSingleSteps.class, type = EffectType.SHOW)
    @Advanced
    boolean forEachStep;

    @Effect(predicate = HasOwnLayer.class, type = EffectType.SHOW)
    OwnLayerParameters ownLayer = new OwnLayerParameters();

    static LayerParameters dense(final int units, final ActivationFunction activation) {
        final LayerParameters layer = new LayerParameters();
        layer.units = units;
        layer.activation = activation;
        return layer;
    }

    /**
     * What is described, for the network's builder.
     *
     * @param position from 1
     */
    NetworkBuilder.Part part(final int position) {
        return type == LayerType.JAVA_CODE
                ? new NetworkBuilder.InJava("layer " + position, ownLayer.source())
                : new NetworkBuilder.Ready(toConfig());
    }

    /** A layer that is not in Java. */
    Layer toConfig() {
        return type.layer(this);
    }

    Layer.Dense dense() {
        return new Layer.Dense(units, activation.toConfig(), useBias, weights.toConfig());
    }

    ActivationLayer.PReLU prelu() {
        return new ActivationLayer.PReLU(Initializer.ZEROS, ShapeText.axes(sharedAxes, "shared axes of PReLU"));
    }
}
