package org.gradienttape.gan;

import java.util.List;
import org.gradienttape.train.TrainingMonitor;

/** Watches a run of two networks and may end it. Called on the training thread. */
public interface GanMonitor extends TrainingMonitor {
    /**
     * The images that the run keeps of one step, right after it; see {@link GanConfig.KeptImages}.
     *
     * @param images the running one, then the fixed ones; not to be changed
     */
    default void kept(final List<GeneratedImage> images) {}
}
