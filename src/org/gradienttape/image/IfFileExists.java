package org.gradienttape.image;

/** What happens when an image file is there already. */
public enum IfFileExists {
    /** Nothing at all is written. */
    FAIL,
    /** The new file takes its place in one move. */
    OVERWRITE,
    /** It stays, and the image is not written. */
    SKIP
}
