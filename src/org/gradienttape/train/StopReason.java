package org.gradienttape.train;

/** Why training ended. */
public enum StopReason {
    /** All epochs are done. */
    COMPLETED("Completed"),
    /** The monitor said so, for example because the user pressed cancel. */
    CANCELLED("Cancelled"),
    /** A watched number did not get better for too long. */
    EARLY_STOPPING("Early stopping"),
    /** A loss became NaN or infinite, and the run was to end there. */
    LOSS_NOT_FINITE("Loss is no finite number");

    private final String text;

    StopReason(final String text) {
        this.text = text;
    }

    /** For people, for example "Early stopping". */
    public String text() {
        return text;
    }
}
