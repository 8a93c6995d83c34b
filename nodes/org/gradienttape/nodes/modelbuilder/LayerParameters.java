package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.Activation;
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
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** One layer in the dialog: its type, and the numbers of that type. */
@LoadDefaultsForAbsentFields
final class LayerParameters implements NodeParameters {
    /** Keras' layers. */
    enum Type {
        @Label(value = "Dense", description = "Fully connected: activation(input x kernel + bias).")
        DENSE,
        @Label(value = "ReLU", description = "max(x, 0), element by element.")
        RELU,
        @Label(value = "Flatten", description = "All numbers of a sample in one row.")
        FLATTEN,
        @Label(value = "Reshape", description = "The same numbers in another shape.")
        RESHAPE,
        @Label(
                value = "Dropout",
                description = "While training, sets inputs to 0 at random and scales the others up to make up for it.")
        DROPOUT,
        @Label(
                value = "ActivityRegularization",
                description = "Passes its input on and adds a penalty for large numbers to the loss, summed over the"
                        + " batch.")
        ACTIVITY_REGULARIZATION
    }

    /** The function after a Dense layer. */
    enum DenseActivation {
        @Label(value = "None", description = "The output as it is; for a last layer that gives logits.")
        NONE,
        @Label(value = "ReLU", description = "max(x, 0), element by element.")
        RELU
    }

    static final class TypeReference implements ParameterReference<Type> {}

    static final class IsDense implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(TypeReference.class).isOneOf(Type.DENSE);
        }
    }

    static final class IsReshape implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(TypeReference.class).isOneOf(Type.RESHAPE);
        }
    }

    static final class IsDropout implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(TypeReference.class).isOneOf(Type.DROPOUT);
        }
    }

    static final class IsActivityRegularization implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(TypeReference.class).isOneOf(Type.ACTIVITY_REGULARIZATION);
        }
    }

    @Widget(title = "Type", description = "What the layer does.")
    @ValueReference(TypeReference.class)
    Type type = Type.DENSE;

    @Widget(title = "Units", description = "How many outputs a Dense layer has.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = IsDense.class, type = EffectType.SHOW)
    int units = 64;

    @Widget(title = "Activation", description = "The function that a Dense layer applies to its output.")
    @ValueSwitchWidget
    @Effect(predicate = IsDense.class, type = EffectType.SHOW)
    DenseActivation activation = DenseActivation.NONE;

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

    static LayerParameters dense(final int units, final DenseActivation activation) {
        final LayerParameters layer = new LayerParameters();
        layer.units = units;
        layer.activation = activation;
        return layer;
    }

    /** The layer that is described. */
    Layer toConfig() {
        return switch (type) {
            case DENSE -> new Layer.Dense(units, Activation.valueOf(activation.name()), useBias);
            case RELU -> new Layer.ReLU();
            case FLATTEN -> new Layer.Flatten();
            case RESHAPE -> new Layer.Reshape(ShapeText.parse(targetShape, "target shape of Reshape"));
            case DROPOUT -> new Layer.Dropout(rate);
            case ACTIVITY_REGULARIZATION -> new Layer.ActivityRegularization(l1, l2);
        };
    }
}
