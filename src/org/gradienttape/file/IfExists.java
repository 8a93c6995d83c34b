package org.gradienttape.file;

/** What happens when the file to be written is there already. */
public enum IfExists {
    /** Nothing is written, and the file stays as it is. */
    FAIL,
    /** The new file takes its place in one move. */
    OVERWRITE,
    /** The file stays as it is, and the new one is left out. */
    SKIP
}
