package org.gradienttape.file;

import java.nio.file.Path;
import org.gradienttape.error.InvalidInputException;

/** What happens when the folder of the files to be written is not there. */
public enum MissingFolder {
    FAIL,
    /** It is made, with the folders above it. */
    CREATE;

    /**
     * The sentence for a folder that is not there and is not to be made.
     *
     * @param what should go there, for example "The images"
     */
    public static InvalidInputException refuse(final String what, final Path folder) {
        return new InvalidInputException(what + " should go into the folder " + folder
                + ", but there is no such folder; create it, choose another one, or let the node create it.");
    }
}
