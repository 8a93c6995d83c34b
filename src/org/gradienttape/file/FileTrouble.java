package org.gradienttape.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.error.Sentence;

/** Sentences for the person at the dialog about files that the operating system refuses. */
public final class FileTrouble {
    /** Older parts of Java say "path (Permission denied)". */
    private static final Pattern WITHOUT_PATH = Pattern.compile("^.* \\(([^()]*)\\)$", Pattern.DOTALL);

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
                Sentence.readable(what + " could not be written to " + place + " (" + reason(trouble)
                        + "); free some space or choose a place that can be written to."),
                trouble);
    }

    /**
     * The same of a place that was chosen, told before anything takes long.
     *
     * @param what for example "The checkpoints"
     */
    public static InvalidInputException refused(final String what, final Path place, final IOException trouble) {
        return new InvalidInputException(writing(what, place, trouble).getMessage(), trouble);
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
                Sentence.readable(what + " could not be read from " + place + " (" + reason(trouble)
                        + "); check that the file is there and may be read."),
                trouble);
    }

    /** What a person reads of an exception; the JDK's own exceptions of files say no more than a path. */
    public static String sentence(final Exception trouble) {
        return trouble instanceof FileSystemException refused && refused.getFile() != null
                ? reading("A file", Path.of(refused.getFile()), refused).getMessage()
                : trouble.getMessage();
    }

    /**
     * Whether a file that was chosen is one.
     *
     * @param what with its article, for example "A CSV file"
     * @throws InvalidInputException if it is a folder, a pipe or does not exist
     * @throws IOException if the operating system does not tell
     */
    public static void expectFile(final String what, final Path path) throws IOException {
        final String found;
        try {
            final BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            if (file.isRegularFile()) {
                return;
            }
            found = file.isDirectory() ? "it is a folder" : "it is neither a file nor a folder";
        } catch (final NoSuchFileException absent) {
            throw new InvalidInputException(
                    what + " was expected at " + path + ", but it does not exist; choose a file.", absent);
        } catch (final IOException trouble) {
            throw reading(what, path, trouble);
        }
        throw new InvalidInputException(what + " was expected at " + path + ", but " + found + "; choose a file.");
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
        if (trouble instanceof FileNotFoundException) {
            return WITHOUT_PATH.matcher(trouble.getMessage()).replaceFirst("$1");
        }
        return trouble.getMessage() == null ? "it ends too early" : trouble.getMessage();
    }
}
