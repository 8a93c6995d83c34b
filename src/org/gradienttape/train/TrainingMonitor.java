package org.gradienttape.train;

/** Watches a training run and may end it. Called on the training thread. */
public interface TrainingMonitor {
    /**
     * Asked before each step.
     *
     * @return false to stop before this step
     */
    boolean goOn(Progress progress);

    /** A sentence about something that went wrong and does not end the run. */
    default void warn(final String sentence) {
        log(sentence);
    }

    /** A line for people, for example "Training loss (for one batch) at step 200: 1.3818". */
    void log(String line);
}
