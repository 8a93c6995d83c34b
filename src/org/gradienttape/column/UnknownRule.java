package org.gradienttape.column;

/** What happens with a text that the training data do not have. */
public enum UnknownRule {
    /** It cannot be encoded. */
    REFUSE,
    /**
     * All features of its column are 0. A feature of its own would be the same in all training data, so that its weights would
     * stay the random numbers that they were at first.
     */
    OTHER
}
