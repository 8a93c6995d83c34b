package org.gradienttape.host.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Files of a workflow that may come from anybody: a pipe in its place would keep the reader waiting for ever. */
public final class PlainFile {

    private PlainFile() {}

    /**
     * Opens a file.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there
     * @throws IOException if it is no file; the message is the end of a sentence
     */
    public static InputStream open(final Path file) throws IOException {
        check(file);
        return Files.newInputStream(file);
    }

    /** As {@link #open}, but opens nothing. */
    public static void check(final Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
            throw new IOException(file + " should be a file, but it is none");
        }
    }
}
