package org.gradienttape.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingMonitor;

/** Takes the processor's time of this thread after each step and each epoch. */
final class EpochClock implements TrainingMonitor {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double NANOSECONDS = 1e9;

    private final List<Double> epochs = new ArrayList<>();
    private final List<Double> steps = new ArrayList<>();
    private long epochStart;
    private long stepStart;
    private long stepsBefore;

    @Override
    public boolean goOn(final Progress progress) {
        final long now = THREADS.getCurrentThreadCpuTime();
        final long done = progress.stepsDone() - stepsBefore;
        if (done > 0) { // a call may have several
            steps.add((now - stepStart) / NANOSECONDS / done);
        }
        stepStart = now;
        stepsBefore = progress.stepsDone();
        return true;
    }

    @Override
    public void log(final String line) {
        if (line.startsWith("Time taken")) {
            final long now = THREADS.getCurrentThreadCpuTime();
            if (epochStart > 0) {
                epochs.add((now - epochStart) / NANOSECONDS);
            }
            epochStart = now;
        }
    }

    /** Seconds of each epoch but the first one. */
    List<Double> epochs() {
        return List.copyOf(epochs);
    }

    /** Seconds that the first step took more than the shortest one. */
    double compiling() {
        return steps.get(0)
                - steps.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }
}
