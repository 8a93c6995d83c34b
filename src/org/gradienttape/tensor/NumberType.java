package org.gradienttape.tensor;

/** What a tensor's numbers are. */
public enum NumberType {
    /** 8 bits, from 0 to 255: pixels as they are stored. */
    UINT8,
    /** 64-bit whole numbers: classes, places. */
    INT64,
    /** 32-bit numbers, what networks compute with. */
    FLOAT32,
    /** True and false: what comparisons give. */
    BOOL
}
