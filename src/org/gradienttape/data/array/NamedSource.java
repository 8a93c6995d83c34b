package org.gradienttape.data.array;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.ReadMonitor;
import org.gradienttape.data.source.Samples;

/**
 * A dataset that is known by name, looked up in the dataset folder.
 *
 * @param dataset which one
 * @param folder the dataset folder, which holds one folder per dataset; empty for the usual place, see
 *     {@link NamedDataset#folder}
 */
public record NamedSource(NamedDataset dataset, Optional<Path> folder) implements DatasetSource {
    @Override
    public Samples open(final boolean withTestFiles, final ReadMonitor monitor) throws IOException {
        return dataset.files(dataset.folder(folder), withTestFiles).open(withTestFiles, monitor);
    }

    @Override
    public boolean hasGivenClasses() {
        return true;
    }
}
