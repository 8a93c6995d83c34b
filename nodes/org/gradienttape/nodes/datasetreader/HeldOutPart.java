package org.gradienttape.nodes.datasetreader;

import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.Label;

/** Which samples are kept away from training. The names of the constants stand in saved workflows. */
enum HeldOutPart {
    @Label(value = "The source's test files", description = "The test files that belong to the source.")
    SOURCE_TEST_FILES,
    @Label(value = "Last samples", description = "The last samples of the training files, in file order.")
    LAST_SAMPLES,
    @Label(value = "Random part", description = "Samples of the training files, drawn at random.")
    RANDOM_FRACTION,
    @Label(value = "None", description = "All samples of the training files are for training.")
    NONE;

    static final class Reference implements ParameterReference<HeldOutPart> {}

    static final class IsLastSamples implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(HeldOutPart.LAST_SAMPLES);
        }
    }

    static final class IsRandomFraction implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(HeldOutPart.RANDOM_FRACTION);
        }
    }
}
