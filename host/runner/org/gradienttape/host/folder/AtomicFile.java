package org.gradienttape.host.folder;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file that is there as a whole or not at all. */
public final class AtomicFile {

    private AtomicFile() {}

    /**
     * Writes to a temporary file beside the target and moves it into place at the end.
     *
     * @throws IOException if the content cannot be written; the target is then as it was before
     */
    public static void write(final Path target, final Content content) throws IOException {
        try (Beside beside = Beside.in(target.toAbsolutePath().getParent())) {
            final Path temporary = beside.fresh("file");
            try (OutputStream out = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW)) {
                content.writeTo(out);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Writes the content of a file; need not close the stream. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
