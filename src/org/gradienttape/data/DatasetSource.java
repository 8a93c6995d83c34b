package org.gradienttape.data;

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
}
