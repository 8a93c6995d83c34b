package org.gradienttape.model;

/** What happens when the file to be written is there already. */
public enum IfExists {
    /** Nothing is written, and the file stays as it is. */
    FAIL,
    /** The new file takes its place in one move. */
    OVERWRITE
}
