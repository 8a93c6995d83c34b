package org.gradienttape.bench;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.train.Progress;

/** Measures each step of a run and ends it after the last one that counts; the run must be one step longer. */
final class StepClock implements GanMonitor {
    private final int steps;
    private final List<Double> seconds = new ArrayList<>();
    private long before;
    private long stepsBefore;
    private double discriminatorLoss;

    StepClock(final int steps) {
        this.steps = steps;
    }

    @Override
    public boolean goOn(final Progress progress) {
        final long now = System.nanoTime();
        for (long step = stepsBefore; step < progress.stepsDone(); step++) { // a call may have several
            seconds.add((now - before) / 1e9 / (progress.stepsDone() - stepsBefore));
        }
        before = now;
        stepsBefore = progress.stepsDone();
        discriminatorLoss =
                progress.losses().isEmpty() ? Double.NaN : progress.losses().get(0);
        return progress.stepsDone() < steps;
    }

    @Override
    public void log(final String line) {}

    /** The times, and the discriminator's loss in the last step. */
    Contestant.Outcome outcome() {
        return new Contestant.Outcome(List.copyOf(seconds), discriminatorLoss);
    }
}
