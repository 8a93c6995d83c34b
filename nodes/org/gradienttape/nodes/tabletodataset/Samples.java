package org.gradienttape.nodes.tabletodataset;

import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.Label;

/** What the samples of a table are. The names of the constants stand in saved workflows. */
enum Samples {
    @Label(value = "Columns", description = "Each row is a sample: its columns of numbers and text.")
    COLUMNS,
    @Label(
            value = "Windows over time",
            description = "So many rows that follow one another in time are a sample, and predict a row behind them.")
    WINDOWS,
    @Label(
            value = "Numbers as an image",
            description = "Each row is an image with a class: its columns of numbers are the pixels.")
    NUMBERS_AS_IMAGE,
    @Label(
            value = "Images in a column",
            description = "Each row is an image with a class: one column holds PNG images.")
    IMAGES;

    static final class Reference implements ParameterReference<Samples> {}

    static final class AreColumns implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(COLUMNS, WINDOWS);
        }
    }

    static final class AreRows implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(COLUMNS);
        }
    }

    static final class AreWindows implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(WINDOWS);
        }
    }

    static final class AreNoWindows implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(AreWindows.class).negate();
        }
    }

    static final class AreImages implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(AreColumns.class).negate();
        }
    }

    static final class AreDecoded implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(IMAGES);
        }
    }

    static final class AreNumbers implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(NUMBERS_AS_IMAGE);
        }
    }

    static final class HaveFeatures implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(AreDecoded.class).negate();
        }
    }
}
