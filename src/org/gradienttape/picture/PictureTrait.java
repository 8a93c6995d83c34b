package org.gradienttape.picture;

/** What a person should hear about a picture that was read. */
public enum PictureTrait {
    /** The camera noted that it is to be turned or mirrored when it is shown; it is not. */
    TURNED,
    /** The file holds several pictures; the first one was read. */
    FIRST_OF_SEVERAL,
    /** A WebP file with losses, whose colors the decoder meets to a few steps only. */
    LOSSY_WEBP,
    /** Its numbers have 16 bits. */
    DEEP
}
