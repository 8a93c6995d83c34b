package org.gradienttape.nodes.tabletodataset;

import org.gradienttape.data.source.HeldOut;
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
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** Which rows are kept away from training. The names of the constants stand in saved workflows. */
@LoadDefaultsForAbsentFields
final class HeldOutParameters implements NodeParameters {
    /** How rows are chosen. */
    enum Part {
        @Label(
                value = "Stratified random part",
                description = "Rows that are drawn at random, the same share of each class. A class of two or more rows"
                        + " has some in both parts if the held-out part is large enough; a class of one row stays in the"
                        + " training data. Where the target is no classes, a random part.")
        STRATIFIED_FRACTION,
        @Label(value = "Random part", description = "Rows that are drawn at random, regardless of their classes.")
        RANDOM_FRACTION,
        @Label(
                value = "Last rows",
                description = "The last rows of the table. Wrong for a table that is sorted by class, right for rows in"
                        + " the order of time.")
        LAST_ROWS,
        @Label(value = "None", description = "All rows are for training.")
        NONE
    }

    static final class PartReference implements ParameterReference<Part> {}

    static final class IsFraction implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PartReference.class).isOneOf(Part.STRATIFIED_FRACTION, Part.RANDOM_FRACTION);
        }
    }

    static final class IsLastRows implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PartReference.class).isOneOf(Part.LAST_ROWS);
        }
    }

    @Widget(
            title = "Held-out part",
            description = "Which rows are kept away from training. If a validation table is connected, its rows are the"
                    + " held-out data, and this says nothing.")
    @ValueReference(PartReference.class)
    @RadioButtonsWidget
    Part part = Part.STRATIFIED_FRACTION;

    @Widget(title = "Fraction", description = "The part of the rows that is held out, above 0 and below 1.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class, maxValidation = BelowOne.class)
    @Effect(predicate = IsFraction.class, type = EffectType.SHOW)
    double fraction = 0.2;

    @Widget(title = "Number of last rows", description = "How many rows at the end of the table are held out.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = IsLastRows.class, type = EffectType.SHOW)
    int lastRows = 100;

    @Widget(
            title = "Seed",
            description = "Starts the random draws of the held-out part and of the limit; the same seed draws the same"
                    + " rows.")
    long seed;

    HeldOut toConfig() {
        return switch (part) {
            case STRATIFIED_FRACTION -> new HeldOut.StratifiedFraction(fraction, seed);
            case RANDOM_FRACTION -> new HeldOut.RandomFraction(fraction, seed);
            case LAST_ROWS -> new HeldOut.LastSamples(lastRows);
            case NONE -> new HeldOut.None();
        };
    }
}
