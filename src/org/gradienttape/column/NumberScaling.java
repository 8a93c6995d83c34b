package org.gradienttape.column;

/** What happens to the numbers of a column on their way to a network. */
public enum NumberScaling {
    /** Nothing. */
    AS_IT_IS,
    /** The mean of the training data becomes 0 and their deviation 1. */
    STANDARDIZED,
    /** The smallest number of the training data becomes 0 and the largest 1. */
    ZERO_TO_ONE
}
