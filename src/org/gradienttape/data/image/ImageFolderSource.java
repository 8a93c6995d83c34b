package org.gradienttape.data.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.ReadMonitor;
import org.gradienttape.data.source.Samples;

/**
 * Image files in folders: one sub-folder per class.
 *
 * @param training the folder with the classes, or one with folders named train and test that have them
 * @param test a folder with the same classes that is kept for tests; goes before one that training has
 * @param form what becomes of each image
 */
public record ImageFolderSource(Path training, Optional<Path> test, ImageForm form) implements DatasetSource {
    @Override
    public Samples open(final boolean withTestFiles, final ReadMonitor monitor) throws IOException {
        return ImageFolderSamples.open(this, withTestFiles);
    }

    @Override
    public boolean isKnownAhead() throws IOException {
        ClassFolders.of(ImageFolderParts.of(this).training());
        return false;
    }

    @Override
    public boolean isDecoded() {
        return true;
    }

    @Override
    public boolean hasGivenClasses() {
        return true;
    }
}
