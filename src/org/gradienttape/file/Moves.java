package org.gradienttape.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Moves of files within a folder, each of which is done or not at any time. */
public final class Moves {
    private Moves() {}

    /** Takes the place of a file, if there is one. */
    public static void replacing(final Path from, final Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Becomes a new file. Of several that want the same place at the same time, one gets it; Java's own move looks first and
     * moves then.
     *
     * @throws FileAlreadyExistsException if there is something already
     */
    public static void asNew(final Path from, final Path to) throws IOException {
        try {
            Files.createLink(to, from);
            Files.delete(from);
        } catch (final FileAlreadyExistsException taken) {
            throw taken;
        } catch (final IOException | UnsupportedOperationException noLinksHere) {
            Files.createFile(to); // nobody else gets the place from now on
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Brings the moves in a folder to the disk, where the operating system can. */
    public static void sync(final Path folder) {
        try (FileChannel list = FileChannel.open(folder, StandardOpenOption.READ)) {
            list.force(true);
        } catch (final IOException notOnThisSystem) {
            return;
        }
    }
}
