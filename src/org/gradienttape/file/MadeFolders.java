package org.gradienttape.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Folders that were made for files which may fail to be written: closing takes away those that are empty, unless they are kept. */
public final class MadeFolders implements Closeable {
    /** The innermost first. */
    private final Deque<Path> made = new ArrayDeque<>();

    private MadeFolders() {}

    /**
     * Makes a folder that is not there, with the folders above it.
     *
     * @throws IOException if one cannot be made; then none stays
     */
    public static MadeFolders upTo(final Path folder) throws IOException {
        final MadeFolders folders = new MadeFolders();
        try {
            folders.make(folder);
            return folders;
        } catch (final IOException trouble) {
            folders.close();
            throw trouble;
        }
    }

    private void make(final Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getParent() != null) {
            make(folder.getParent());
        }
        try {
            Files.createDirectory(folder);
            made.push(folder);
        } catch (final FileAlreadyExistsException meanwhile) {
            if (!Files.isDirectory(folder)) {
                throw meanwhile;
            }
        }
    }

    /** Says that the files are there. */
    public void keep() {
        made.clear();
    }

    @Override
    public void close() throws IOException {
        while (!made.isEmpty()) {
            try {
                Files.deleteIfExists(made.pop());
            } catch (final DirectoryNotEmptyException usedByOthers) {
                made.clear(); // those above hold it
            }
        }
    }
}
