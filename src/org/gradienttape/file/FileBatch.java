package org.gradienttape.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.gradienttape.error.InvalidInputException;

/**
 * Files of one folder that appear together or not at all. Each is written under a hidden name beside its place;
 * {@link #commit} moves them all. Closing without a commit, or after one that failed, takes back everything: no new file, no
 * new folder, and what was there before is there again.
 */
public final class FileBatch implements AutoCloseable {
    private final String kind;
    private final Path folder;
    /** Absent until something is staged. */
    private UnfinishedFiles unfinished;

    private final List<Staged> staged = new ArrayList<>();
    private final Deque<Undo> undo = new ArrayDeque<>();

    private record Staged(Path unfinished, PlannedFile file) {}

    @FunctionalInterface
    private interface Undo {
        void run() throws IOException;
    }

    private FileBatch(final String kind, final Path folder) {
        this.kind = kind;
        this.folder = folder;
    }

    /**
     * Begins; nothing is written yet.
     *
     * @param kind of files, for error sentences: "image"
     * @param folder of all files
     * @param missing what happens if it is not there
     * @throws InvalidInputException if the folder is not there and is not to be made
     * @throws IOException if it cannot be made, with a sentence
     */
    public static FileBatch in(final String kind, final Path folder, final MissingFolder missing) throws IOException {
        final FileBatch batch = new FileBatch(kind, folder);
        if (Files.isDirectory(folder)) {
            return batch;
        }
        if (missing == MissingFolder.FAIL) {
            throw MissingFolder.refuse("The " + kind + "s", folder);
        }
        try {
            batch.undo.push(MadeFolders.upTo(folder)::close);
        } catch (final IOException trouble) {
            throw FileTrouble.writing("The folder of the " + kind + "s", folder, trouble);
        }
        return batch;
    }

    /**
     * Writes a file under its hidden name. A file that is to be skipped is left out.
     *
     * @throws IOException if it cannot be written, with a sentence
     */
    public void stage(final PlannedFile file, final byte[] content) throws IOException {
        if (file.status() == PlannedFile.Status.SKIPPED) {
            return;
        }
        try {
            final Path hidden = hidden();
            write(hidden, content);
            staged.add(new Staged(hidden, file));
        } catch (final IOException trouble) {
            throw FileTrouble.writing("The " + kind, file.path(), trouble);
        }
    }

    private static void write(final Path file, final byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            final ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /**
     * Moves all files to their places.
     *
     * @throws InvalidInputException if one has got there meanwhile
     * @throws IOException if one cannot be moved, with a sentence
     */
    public void commit() throws IOException {
        for (final Staged one : staged) {
            final Path place = one.file().path();
            try {
                if (one.file().status() == PlannedFile.Status.OVERWRITTEN) {
                    backUp(place);
                    Moves.replacing(one.unfinished(), place);
                } else {
                    Moves.asNew(one.unfinished(), place);
                    undo.push(() -> Files.deleteIfExists(place));
                }
            } catch (final FileAlreadyExistsException meanwhile) {
                throw new InvalidInputException(
                        "The file " + place + " was made by somebody else meanwhile; choose another name.", meanwhile);
            } catch (final IOException trouble) {
                throw FileTrouble.writing("The " + kind, place, trouble);
            }
        }
        Moves.sync(folder);
        undo.clear();
        if (unfinished != null) {
            undo.push(unfinished::close);
        }
    }

    /**
     * Takes back what was not committed, and removes all hidden files.
     *
     * @throws IOException if that fails for a file, with a sentence; it is done for the others nevertheless
     */
    @Override
    public void close() throws IOException {
        IOException first = null;
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (final IOException trouble) {
                first = first == null ? trouble : first;
            }
        }
        if (first != null) {
            throw FileTrouble.writing("What was there before the " + kind + "s", folder, first);
        }
    }

    /** A copy of what is there goes back to its place if the commit fails. */
    private void backUp(final Path place) throws IOException {
        final Path backup = hidden();
        Files.copy(place, backup, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
        undo.push(() -> Files.move(backup, place, StandardCopyOption.ATOMIC_MOVE));
    }

    private Path hidden() throws IOException {
        if (unfinished == null) {
            unfinished = UnfinishedFiles.in(folder);
            undo.push(unfinished::close);
        }
        return unfinished.next();
    }
}
