package org.gradienttape.nodes;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;

/** Paths of this machine, as people type them into a dialog: "~" at the start is the home folder. */
public final class LocalPath {
    private LocalPath() {}

    /**
     * The absolute path that a text means.
     *
     * @param what the setting's name in a sentence, for example "folder of the model file"
     * @throws InvalidInputException if the text is blank or no path
     */
    public static Path of(final String text, final String what) {
        return ofOptional(text, what)
                .orElseThrow(() -> new InvalidInputException("The " + what + " is empty; choose one."));
    }

    /**
     * The absolute path that a text means; empty for a blank text.
     *
     * @throws InvalidInputException if the text is no path
     */
    public static Optional<Path> ofOptional(final String text, final String what) {
        final String path = text.strip();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(withHome(path)).toAbsolutePath().normalize());
        } catch (final InvalidPathException e) {
            throw new InvalidInputException(
                    "The " + what + " must be a path of this machine, but it is \"" + text + "\": " + e.getReason()
                            + "; correct it.",
                    e);
        }
    }

    /**
     * A file of a folder.
     *
     * @param name may not lead to another folder
     * @param what the folder's name in a sentence
     * @throws InvalidInputException if the folder is blank or no path, or the name is more than a name
     */
    public static Path file(final String folder, final String name, final String what) {
        return of(folder, what).resolve(plainName(name));
    }

    /**
     * A file name without folders.
     *
     * @throws InvalidInputException if it is blank or leads to another folder
     */
    public static String plainName(final String fileName) {
        final String name = fileName.strip();
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/") || name.contains("\\")) {
            throw new InvalidInputException("The file name must be a name without folders, but it is \"" + fileName
                    + "\"; choose the folder in its own setting.");
        }
        return name;
    }

    private static String withHome(final String path) {
        final boolean fromHome = path.equals("~") || path.startsWith("~/") || path.startsWith("~\\");
        return fromHome ? System.getProperty("user.home") + path.substring(1) : path;
    }
}
