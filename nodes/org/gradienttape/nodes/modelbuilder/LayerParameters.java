package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.code.NetworkBuilder;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.nodes.BelowOne;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** One layer in the dialog: its type, and the numbers of that type. */
@LoadDefaultsForAbsentFields
final class LayerParameters implements NodeParameters {
    static final class TypeReference implements ParameterReference<LayerType> {}

    /** Shows a field for some types alone. */
    abstract static class ForTypes implements EffectPredicateProvider {
        private final LayerType[] types;

        ForTypes(final LayerType... types) {
            this.types = types;
        }

        @Override
        public final EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(TypeReference.class).isOneOf(types);
        }
    }

    static final class IsDense extends ForTypes {
        IsDense() {
            super(LayerType.DENSE);
        }
    }

    static final class IsConvolution extends ForTypes {
        IsConvolution() {
            super(LayerType.CONV_2D, LayerType.CONV_2D_TRANSPOSE);
        }
    }

    static final class IsPooling extends ForTypes {
        IsPooling() {
            super(LayerType.MAX_POOLING_2D, LayerType.AVERAGE_POOLING_2D);
        }
    }

    static final class IsNormalization extends ForTypes {
        IsNormalization() {
            super(LayerType.BATCH_NORMALIZATION, LayerType.LAYER_NORMALIZATION);
        }
    }

    static final class IsBatchNormalization extends ForTypes {
        IsBatchNormalization() {
            super(LayerType.BATCH_NORMALIZATION);
        }
    }

    static final class IsReshape extends ForTypes {
        IsReshape() {
            super(LayerType.RESHAPE);
        }
    }

    static final class IsDropout extends ForTypes {
        IsDropout() {
            super(LayerType.DROPOUT);
        }
    }

    static final class IsActivityRegularization extends ForTypes {
        IsActivityRegularization() {
            super(LayerType.ACTIVITY_REGULARIZATION);
        }
    }

    static final class IsLeakyRelu extends ForTypes {
        IsLeakyRelu() {
            super(LayerType.LEAKY_RELU);
        }
    }

    static final class IsElu extends ForTypes {
        IsElu() {
            super(LayerType.ELU);
        }
    }

    static final class IsGelu extends ForTypes {
        IsGelu() {
            super(LayerType.GELU);
        }
    }

    static final class IsJavaCode extends ForTypes {
        IsJavaCode() {
            super(LayerType.JAVA_CODE);
        }
    }

    @Widget(title = "Type", description = "What the layer does.")
    @ValueReference(TypeReference.class)
    LayerType type = LayerType.DENSE;

    @Widget(title = "Units", description = "How many outputs a Dense layer has.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = IsDense.class, type = EffectType.SHOW)
    int units = 64;

    @Widget(title = "Activation", description = "The function that a Dense layer applies to its output.")
    @Effect(predicate = IsDense.class, type = EffectType.SHOW)
    ActivationFunction activation = ActivationFunction.NONE;

    @Widget(title = "Use bias", description = "Whether a Dense layer adds a trainable number to each output.")
    @Effect(predicate = IsDense.class, type = EffectType.SHOW)
    boolean useBias = true;

    @Widget(
            title = "Target shape",
            description = "The shape that Reshape gives one sample, as numbers with commas between them, for example"
                    + " <i>28, 28, 1</i>.")
    @Effect(predicate = IsReshape.class, type = EffectType.SHOW)
    String targetShape = "28, 28, 1";

    @Widget(title = "Rate", description = "The part of the inputs that Dropout sets to 0, at least 0 and below 1.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = BelowOne.class)
    @Effect(predicate = IsDropout.class, type = EffectType.SHOW)
    double rate = 0.5;

    @Widget(title = "L1", description = "ActivityRegularization adds L1 times the sum of the absolute values.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = IsActivityRegularization.class, type = EffectType.SHOW)
    double l1;

    @Widget(title = "L2", description = "ActivityRegularization adds L2 times the sum of the squares.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = IsActivityRegularization.class, type = EffectType.SHOW)
    double l2;

    @Effect(predicate = IsConvolution.class, type = EffectType.SHOW)
    ConvolutionParameters convolution = new ConvolutionParameters();

    @Effect(predicate = IsPooling.class, type = EffectType.SHOW)
    PoolingParameters pooling = new PoolingParameters();

    @Effect(predicate = IsNormalization.class, type = EffectType.SHOW)
    NormalizationParameters normalization = new NormalizationParameters();

    @Widget(title = "Negative slope", description = "What LeakyReLU multiplies numbers below 0 by, at least 0.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = IsLeakyRelu.class, type = EffectType.SHOW)
    double negativeSlope = 0.3;

    @Widget(title = "Alpha", description = "ELU falls to minus this number.")
    @Effect(predicate = IsElu.class, type = EffectType.SHOW)
    double alpha = 1;

    @Widget(
            title = "Approximate",
            description = "Whether GELU approximates the normal distribution with a hyperbolic tangent.")
    @Effect(predicate = IsGelu.class, type = EffectType.SHOW)
    boolean approximate;

    @Effect(predicate = IsJavaCode.class, type = EffectType.SHOW)
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
        return switch (type) {
            case DENSE -> new Layer.Dense(units, activation.toConfig(), useBias);
            case CONV_2D -> convolution.conv2D();
            case CONV_2D_TRANSPOSE -> convolution.conv2DTranspose();
            case MAX_POOLING_2D -> new ImageLayer.MaxPooling2D(pooling.window());
            case AVERAGE_POOLING_2D -> new ImageLayer.AveragePooling2D(pooling.window());
            case GLOBAL_MAX_POOLING_2D -> new ImageLayer.GlobalMaxPooling2D();
            case GLOBAL_AVERAGE_POOLING_2D -> new ImageLayer.GlobalAveragePooling2D();
            case FLATTEN -> new Layer.Flatten();
            case RESHAPE -> new Layer.Reshape(ShapeText.parse(targetShape, "target shape of Reshape"));
            case DROPOUT -> new Layer.Dropout(rate);
            case BATCH_NORMALIZATION -> normalization.batch();
            case LAYER_NORMALIZATION -> normalization.layer();
            case ACTIVITY_REGULARIZATION -> new Layer.ActivityRegularization(l1, l2);
            case RELU -> new Layer.ReLU();
            case LEAKY_RELU -> new ActivationLayer.LeakyReLU(negativeSlope);
            case ELU -> new ActivationLayer.ELU(alpha);
            case GELU -> new ActivationLayer.GELU(approximate);
            case SILU -> new ActivationLayer.SiLU();
            case SIGMOID -> new ActivationLayer.Sigmoid();
            case TANH -> new ActivationLayer.Tanh();
            case SOFTMAX -> new ActivationLayer.Softmax();
            case JAVA_CODE -> throw new IllegalStateException("its text is no layer yet");
        };
    }
}
