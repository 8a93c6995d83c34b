package org.gradienttape.data;

/** The shape that samples get when they are read. */
public enum SampleShape {
    /** One row of numbers: 28 x 28 pixels become 784. */
    FLAT,
    /** Height x width x channels: 28 x 28 pixels become 28 x 28 x 1. */
    IMAGE
}
