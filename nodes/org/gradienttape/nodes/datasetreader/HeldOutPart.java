package org.gradienttape.nodes.datasetreader;

import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.Label;

/** Which samples are kept away from training. The names of the constants stand in saved workflows. */
enum HeldOutPart {
    @Label(
            value = "Automatic",
            description = "The last samples of MNIST and Fashion-MNIST, a stratified random part of any other source.")
    AUTOMATIC,
    @Label(value = "The source's test files", description = "The test files that belong to the source.")
    SOURCE_TEST_FILES,
    @Label(
            value = "Stratified random part",
            description = "Samples of the training files, drawn at random, the same share of each class. A class of"
                    + " two or more samples has some in both parts if the held-out part is large enough; a class of one"
                    + " sample stays in the training data.")
    STRATIFIED_FRACTION,
    @Label(
            value = "Random part",
            description = "Samples of the training files, drawn at random, regardless of their classes.")
    RANDOM_FRACTION,
    @Label(
            value = "Last samples",
            description = "The last samples of the training files, in file order. Wrong for files that are sorted by"
                    + " class, as image folders are.")
    LAST_SAMPLES,
    @Label(value = "None", description = "All samples of the training files are for training.")
    NONE;

    static final class Reference implements ParameterReference<HeldOutPart> {}

    static final class IsLastSamples implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            final EffectPredicate automatic = i.getEnum(Reference.class).isOneOf(HeldOutPart.AUTOMATIC);
            return i.getEnum(Reference.class)
                    .isOneOf(HeldOutPart.LAST_SAMPLES)
                    .or(automatic.and(i.getPredicate(Source.IsNamed.class)));
        }
    }

    static final class IsFraction implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            final EffectPredicate automatic = i.getEnum(Reference.class).isOneOf(HeldOutPart.AUTOMATIC);
            return i.getEnum(Reference.class)
                    .isOneOf(HeldOutPart.STRATIFIED_FRACTION, HeldOutPart.RANDOM_FRACTION)
                    .or(automatic.and(i.getPredicate(Source.IsNamed.class).negate()));
        }
    }

    /** Something is drawn: the held-out part, or the samples that a limit leaves. */
    static final class IsDrawn implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(IsFraction.class)
                    .or(i.getPredicate(Source.IsNamed.class).negate());
        }
    }
}
