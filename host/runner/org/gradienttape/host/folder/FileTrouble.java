package org.gradienttape.host.folder;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in words what the JDK's file exceptions say only by their class. */
public final class FileTrouble {

    private FileTrouble() {}

    /** Returns the end of a sentence, without its full stop. */
    public static String reason(final IOException failure) {
        if (failure instanceof FileSystemException trouble && trouble.getReason() == null) {
            return trouble.getFile() + " " + words(trouble);
        }
        final String message = failure.getMessage();
        if (message == null) {
            return "it ends too early";
        }
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static String words(final FileSystemException trouble) {
        if (trouble instanceof NoSuchFileException) {
            return "does not exist";
        } else if (trouble instanceof FileAlreadyExistsException) {
            return "exists already";
        } else if (trouble instanceof AccessDeniedException) {
            return "may not be read or written by this user";
        } else if (trouble instanceof DirectoryNotEmptyException) {
            return "is a folder that is not empty";
        }
        return "cannot be used (" + trouble.getClass().getSimpleName() + ")";
    }
}
