package org.gradienttape.gan;

import java.util.List;

/** Watches a run and may end it. Called on the training thread. */
public interface GanMonitor {
    /**
     * Asked before each call of the step, which may bring several batches.
     *
     * @return false to stop before this call
     */
    boolean goOn(GanProgress progress);

    /** A line for people, for example "discriminator loss at step 200: 0.61". */
    void log(String line);

    /**
     * The images that the run keeps of one step, right after it; see {@link GanConfig.KeptImages}.
     *
     * @param images the running one, then the fixed ones; not to be changed
     */
    default void kept(final List<GeneratedImage> images) {}
}
