package org.gradienttape.data;

/** What happens to the stored numbers when they become a tensor. */
public enum Scaling {
    /** Nothing: pixels stay 0 to 255. */
    AS_STORED,
    /** Divided by 255: pixels become 0 to 1. */
    DIVIDE_BY_255
}
