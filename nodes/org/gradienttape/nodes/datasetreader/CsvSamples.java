package org.gradienttape.nodes.datasetreader;

import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.Label;

/** What the samples of a CSV file are. The names of the constants stand in saved workflows. */
enum CsvSamples {
    @Label(value = "Columns", description = "Each row is a sample: its columns of numbers and text.")
    COLUMNS,
    @Label(
            value = "Numbers as an image",
            description = "Each row is an image with a class: its columns of numbers are the pixels.")
    NUMBERS_AS_IMAGE;

    static final class Reference implements ParameterReference<CsvSamples> {}

    static final class AreColumns implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(Source.IsCsv.class)
                    .and(i.getEnum(Reference.class).isOneOf(COLUMNS));
        }
    }

    static final class ArePixels implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(Source.IsCsv.class)
                    .and(i.getEnum(Reference.class).isOneOf(NUMBERS_AS_IMAGE));
        }
    }
}
