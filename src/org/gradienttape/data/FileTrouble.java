package org.gradienttape.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Sentences for the person at the dialog about files that the operating system refuses. */
public final class FileTrouble {
    private FileTrouble() {}

    /**
     * A file or folder that could not be written.
     *
     * @param what for example "The model"
     * @param place where it should have gone
     * @param trouble what the operating system said; becomes the cause
     */
    public static IOException writing(final String what, final Path place, final IOException trouble) {
        return new IOException(
                what + " could not be written to " + place + " (" + reason(trouble)
                        + "); free some space or choose a place that can be written to.",
                trouble);
    }

    /**
     * A file that could not be read.
     *
     * @param what for example "The model"
     * @param place where it is
     * @param trouble what the operating system said; becomes the cause
     */
    public static IOException reading(final String what, final Path place, final IOException trouble) {
        return new IOException(
                what + " could not be read from " + place + " (" + reason(trouble)
                        + "); check that the file is there and may be read.",
                trouble);
    }

    private static String reason(final IOException trouble) {
        if (trouble instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (trouble instanceof NoSuchFileException absent) {
            return absent.getFile() + " does not exist";
        }
        if (trouble instanceof FileSystemLoopException loop) {
            return loop.getFile() + " is a link to a folder that it lies in";
        }
        if (trouble instanceof FileAlreadyExistsException || trouble instanceof NotDirectoryException) {
            return ((FileSystemException) trouble).getFile() + " is a file, not a folder";
        }
        if (trouble instanceof FileSystemException refused && refused.getReason() != null) {
            return refused.getReason();
        }
        return trouble.getMessage();
    }
}
