package org.gradienttape.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the samples come from. */
public sealed interface DatasetSource {
    /**
     * A dataset that is known by name, looked up in the dataset folder.
     *
     * @param dataset which one
     * @param folder the dataset folder, which holds one folder per dataset; empty for the usual place, see
     *     {@link NamedDataset#folder}
     */
    record Named(NamedDataset dataset, Optional<Path> folder) implements DatasetSource {}

    /**
     * Files in the IDX format of unsigned bytes, plain or compressed with gzip.
     *
     * @param name of the dataset, for people
     * @param training images and labels
     * @param test images and labels that the source keeps for tests
     * @param classNames by label, from 0; empty to name the classes 0, 1, 2 up to the largest label
     */
    record Idx(String name, IdxPair training, Optional<IdxPair> test, List<String> classNames)
            implements DatasetSource {
        public Idx {
            classNames = List.copyOf(classNames);
        }
    }

    /**
     * Two IDX files that belong together.
     *
     * @param images samples x height x width, or any other two or more dimensions
     * @param labels one per sample
     */
    record IdxPair(Path images, Path labels) {}

    /**
     * A file that numpy.savez wrote, for example Keras' mnist.npz.
     *
     * @param file with the arrays
     * @param training arrays by name, in Keras' file x_train and y_train
     * @param test arrays that the source keeps for tests, x_test and y_test; need not exist unless they are asked for
     */
    record Npz(Path file, NpzPair training, NpzPair test) implements DatasetSource {}

    /**
     * The names of two arrays that belong together.
     *
     * @param features samples x any dimensions
     * @param labels one per sample, from 0
     */
    record NpzPair(String features, String labels) {}

    /**
     * Image files in folders: one sub-folder per class.
     *
     * @param training the folder with the classes, or one with folders named train and test that have them
     * @param test a folder with the same classes that is kept for tests; goes before one that training has
     * @param form what becomes of each image
     */
    record ImageFolder(Path training, Optional<Path> test, ImageForm form) implements DatasetSource {}

    /**
     * A table that somebody else holds.
     *
     * @param rows of the table
     * @param test rows of another table with the same columns that is kept for tests
     * @param form what becomes of the images; for rows of numbers, its size says which image they are
     */
    record Table(SampleRows rows, Optional<SampleRows> test, ImageForm form) implements DatasetSource {}
}
