package org.gradienttape.file;

import java.nio.file.Path;

/**
 * A file that is to be written.
 *
 * @param path absolute
 * @param status what becomes of it
 */
public record PlannedFile(Path path, Status status) {
    /** What becomes of a file. */
    public enum Status {
        CREATED,
        OVERWRITTEN,
        /** It is there already and stays. */
        SKIPPED
    }
}
