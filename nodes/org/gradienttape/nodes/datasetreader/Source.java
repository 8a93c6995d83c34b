package org.gradienttape.nodes.datasetreader;

import java.util.Arrays;
import java.util.function.Function;
import org.gradienttape.data.array.NamedDataset;
import org.gradienttape.data.source.DatasetSource;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.Label;

/** Where the samples come from. The names of the constants stand in saved workflows. */
enum Source {
    @Label(value = "MNIST", description = "70,000 handwritten digits of 28 x 28 pixels, 10,000 of them for tests.")
    MNIST(false, parameters -> parameters.named(NamedDataset.MNIST)),
    @Label(
            value = "Fashion-MNIST",
            description = "70,000 pictures of clothes of 28 x 28 pixels, 10,000 of them for tests.")
    FASHION_MNIST(false, parameters -> parameters.named(NamedDataset.FASHION_MNIST)),
    @Label(value = "IDX files", description = "Files in the IDX format of unsigned bytes, chosen below.")
    IDX_FILES(true, DatasetReaderNodeParameters::idxFiles),
    @Label(value = "NPZ file", description = "Arrays that NumPy has saved, such as Keras' mnist.npz.")
    NPZ_FILE(true, parameters -> parameters.npz.toConfig()),
    @Label(value = "Image folder", description = "Pictures in a folder with one sub-folder per class.")
    IMAGE_FOLDER(false, parameters -> parameters.imageFolder.toConfig(parameters.image.toConfig())),
    @Label(value = "CSV file", description = "Rows of numbers and text, or of pixels.")
    CSV_FILE(false, parameters -> {
        throw new IllegalStateException("a CSV file is looked at first");
    });

    private final boolean holdsArrays;
    private final Function<DatasetReaderNodeParameters, DatasetSource> maker;

    Source(final boolean holdsArrays, final Function<DatasetReaderNodeParameters, DatasetSource> maker) {
        this.holdsArrays = holdsArrays;
        this.maker = maker;
    }

    /** Whether its pixels lie as numbers in arrays, in an order that somebody must know. */
    boolean holdsArrays() {
        return holdsArrays;
    }

    /** What the engine reads; not for CSV files. */
    DatasetSource toConfig(final DatasetReaderNodeParameters parameters) {
        return maker.apply(parameters);
    }

    static final class Reference implements ParameterReference<Source> {}

    static final class IsNamed implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(Source.MNIST, Source.FASHION_MNIST);
        }
    }

    static final class HoldsArrays implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class)
                    .isOneOf(Arrays.stream(Source.values())
                            .filter(Source::holdsArrays)
                            .toArray(Source[]::new));
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
