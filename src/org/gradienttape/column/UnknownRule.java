package org.gradienttape.column;

/** What happens with a text that the training data do not have. */
public enum UnknownRule {
    /** It cannot be encoded. */
    REFUSE,
    /** It is encoded as "other", for which there is one more feature. */
    OTHER
}
