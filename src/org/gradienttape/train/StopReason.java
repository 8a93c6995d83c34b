package org.gradienttape.train;

/** Why training ended. */
public enum StopReason {
    /** All epochs are done. */
    COMPLETED,
    /** The monitor said so, for example because the user pressed cancel. */
    CANCELLED
}
