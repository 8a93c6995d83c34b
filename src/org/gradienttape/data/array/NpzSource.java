package org.gradienttape.data.array;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.ReadMonitor;
import org.gradienttape.data.source.Samples;

/**
 * A file that numpy.savez wrote, for example Keras' mnist.npz.
 *
 * @param file with the arrays
 * @param training arrays by name, in Keras' file x_train and y_train
 * @param test arrays that the source keeps for tests, x_test and y_test; need not exist unless they are asked for
 */
public record NpzSource(Path file, Pair training, Pair test) implements DatasetSource {
    /**
     * The names of two arrays that belong together.
     *
     * @param features samples x any dimensions
     * @param labels one per sample, from 0
     */
    public record Pair(String features, String labels) {
        private List<String> names() {
            return List.of(features, labels);
        }
    }

    @Override
    public Samples open(final boolean withTestFiles, final ReadMonitor monitor) throws IOException {
        final NpzFile arrays = NpzFile.open(file);
        try {
            return ArraySamples.open(
                            file.getFileName().toString(),
                            List.of(),
                            arrays::array,
                            training.names(),
                            Optional.of(withTestFiles ? test.names() : List.of()))
                    .closing(arrays);
        } catch (final IOException | RuntimeException unusable) {
            arrays.close();
            throw unusable;
        }
    }
}
