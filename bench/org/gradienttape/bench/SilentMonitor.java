package org.gradienttape.bench;

import org.gradienttape.gan.GanMonitor;
import org.gradienttape.train.Progress;

/** Never stops a training, keeps no line. */
final class SilentMonitor implements GanMonitor {
    @Override
    public boolean goOn(final Progress progress) {
        return true;
    }

    @Override
    public void log(final String line) {}
}
