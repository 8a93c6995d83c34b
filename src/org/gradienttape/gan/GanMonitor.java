package org.gradienttape.gan;

/** Watches a run and may end it. Called on the training thread. */
public interface GanMonitor {
    /**
     * Asked before each step.
     *
     * @return false to stop before this step
     */
    boolean goOn(GanProgress progress);

    /** A line for people, for example "discriminator loss at step 200: 0.61". */
    void log(String line);
}
