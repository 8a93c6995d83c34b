package org.gradienttape.column;

/** What happens where a cell is missing. */
public enum MissingRule {
    /** Nothing is learned from the table. */
    REFUSE,
    /** Its row is left out. */
    LEAVE_OUT,
    /** The mean of the training data takes its place, or their most frequent text. */
    FILL
}
