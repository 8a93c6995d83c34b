package org.gradienttape.bench;

import org.gradienttape.gan.GanMonitor;
import org.gradienttape.gan.GanProgress;

/** Never stops a training, keeps no line. */
final class SilentGanMonitor implements GanMonitor {
    @Override
    public boolean goOn(final GanProgress progress) {
        return true;
    }

    @Override
    public void log(final String line) {}
}
