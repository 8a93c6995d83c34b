package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.Branch;
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
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;

/** What is kept of a connected model, and what of it is frozen. The names of the constants stand in saved workflows. */
@LoadDefaultsForAbsentFields
final class TransferParameters implements NodeParameters {
    /** Which layers are kept. */
    enum Kept {
        @Label(value = "All but the last layer", description = "All layers but the one that gives the output.")
        ALL_BUT_THE_LAST,
        @Label(value = "All layers", description = "The whole model.")
        ALL,
        @Label(value = "Up to a layer", description = "A layer, and all layers that it needs.")
        UP_TO_A_LAYER
    }

    /** Which of them are frozen. */
    enum Frozen {
        @Label(value = "All kept layers", description = "Nothing of what the model has learned changes.")
        ALL,
        @Label(value = "Up to a layer", description = "A layer, and all layers that it needs.")
        UP_TO_A_LAYER,
        @Label(value = "None", description = "All layers learn, also those that were frozen until now.")
        NONE
    }

    static final class KeptReference implements ParameterReference<Kept> {}

    static final class FrozenReference implements ParameterReference<Frozen> {}

    static final class IsKeptUpTo implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(KeptReference.class).isOneOf(Kept.UP_TO_A_LAYER);
        }
    }

    static final class IsFrozenUpTo implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(FrozenReference.class).isOneOf(Frozen.UP_TO_A_LAYER);
        }
    }

    @Widget(title = "Keep", description = "Which layers of the connected model are kept, with their weights.")
    @ValueReference(KeptReference.class)
    @RadioButtonsWidget
    Kept kept = Kept.ALL_BUT_THE_LAST;

    @Widget(
            title = "Last layer kept",
            description = "The name of a layer, such as <i>dense_1</i>, as the layer summary says it.")
    @Effect(predicate = IsKeptUpTo.class, type = EffectType.SHOW)
    String lastKept = "";

    @Widget(
            title = "Freeze",
            description =
                    "Frozen layers do not learn: their weights stay as they are, to the bit, and cost no gradient."
                            + " BatchNormalization, frozen, works with the averages that it has. Keras' trainable = False.")
    @ValueReference(FrozenReference.class)
    @RadioButtonsWidget
    Frozen frozen = Frozen.ALL;

    @Widget(
            title = "Last layer frozen",
            description = "The name of a layer, such as <i>dense_1</i>, as the layer summary says it.")
    @Effect(predicate = IsFrozenUpTo.class, type = EffectType.SHOW)
    String lastFrozen = "";

    /** What remains of a model. */
    Branch of(final Branch model) {
        return frozen(kept(model));
    }

    private Branch kept(final Branch model) {
        return switch (kept) {
            case ALL -> model;
            case UP_TO_A_LAYER -> model.upTo(lastKept.strip());
            case ALL_BUT_THE_LAST -> model.upTo(model.network().beforeLast());
        };
    }

    /** The same model, of which other layers learn. */
    Branch frozen(final Branch model) {
        final Branch thawed = model.thawed();
        return switch (frozen) {
            case NONE -> thawed;
            case ALL -> thawed.frozenUpTo(thawed.network().end());
            case UP_TO_A_LAYER -> thawed.frozenUpTo(lastFrozen.strip());
        };
    }
}
