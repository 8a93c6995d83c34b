package org.gradienttape.data.array;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.ReadMonitor;
import org.gradienttape.data.source.Samples;

/**
 * Files in the IDX format of unsigned bytes, plain or compressed with gzip.
 *
 * @param name of the dataset, for people
 * @param training images and labels
 * @param test images and labels that the source keeps for tests
 * @param classNames by label, from 0; empty to name the classes 0, 1, 2 up to the largest label
 */
public record IdxSource(String name, Pair training, Optional<Pair> test, List<String> classNames)
        implements DatasetSource {
    /**
     * Two files that belong together.
     *
     * @param images samples x height x width, or any other two or more dimensions
     * @param labels one per sample
     */
    public record Pair(Path images, Path labels) {
        private List<Path> files() {
            return List.of(images, labels);
        }
    }

    public IdxSource {
        classNames = List.copyOf(classNames);
    }

    @Override
    public Samples open(final boolean withTestFiles, final ReadMonitor monitor) throws IOException {
        return ArraySamples.open(
                name,
                classNames,
                IdxFile::open,
                training.files(),
                withTestFiles ? test.map(Pair::files) : Optional.of(List.of()));
    }
}
