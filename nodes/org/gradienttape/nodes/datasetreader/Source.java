package org.gradienttape.nodes.datasetreader;

import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.Label;

/** Where the samples come from. The names of the constants stand in saved workflows. */
enum Source {
    @Label(value = "MNIST", description = "70,000 handwritten digits of 28 x 28 pixels, 10,000 of them for tests.")
    MNIST,
    @Label(
            value = "Fashion-MNIST",
            description = "70,000 pictures of clothes of 28 x 28 pixels, 10,000 of them for tests.")
    FASHION_MNIST,
    @Label(value = "IDX files", description = "Files in the IDX format of unsigned bytes, chosen below.")
    IDX_FILES,
    @Label(value = "NPZ file", description = "Arrays that NumPy has saved, such as Keras' mnist.npz.")
    NPZ_FILE,
    @Label(value = "Image folder", description = "Pictures in a folder with one sub-folder per class.")
    IMAGE_FOLDER,
    @Label(value = "CSV file", description = "Rows of numbers and text, or of pixels.")
    CSV_FILE;

    static final class Reference implements ParameterReference<Source> {}

    static final class IsNamed implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(Source.MNIST, Source.FASHION_MNIST);
        }
    }

    static final class IsIdx implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(Source.IDX_FILES);
        }
    }

    static final class IsNpz implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(Source.NPZ_FILE);
        }
    }

    static final class IsImageFolder implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(Source.IMAGE_FOLDER);
        }
    }

    static final class IsCsv implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(Source.CSV_FILE);
        }
    }
}
