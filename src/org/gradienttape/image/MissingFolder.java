package org.gradienttape.image;

import java.nio.file.Path;
import org.gradienttape.error.InvalidInputException;

/** What happens when the folder of the images is not there. */
public enum MissingFolder {
    FAIL,
    /** It is made, with the folders above it. */
    CREATE;

    /** The sentence for a folder that is not there and is not to be made. */
    public InvalidInputException refuse(final Path folder) {
        return new InvalidInputException("The images should go into the folder " + folder
                + ", but there is no such folder; create it, choose another one, or let the node create it.");
    }
}
