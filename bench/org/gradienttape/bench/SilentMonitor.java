package org.gradienttape.bench;

import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingMonitor;

/** Never stops a training, keeps no line. */
final class SilentMonitor implements TrainingMonitor {
    @Override
    public boolean goOn(final Progress progress) {
        return true;
    }

    @Override
    public void log(final String line) {}
}
