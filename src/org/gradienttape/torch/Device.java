package org.gradienttape.torch;

/** Where training computes. */
public enum Device {
    /** The first GPU if there is one that the engine can use, otherwise the CPU. */
    AUTOMATIC,
    CPU,
    /** The first GPU; an error if there is none. */
    GPU
}
