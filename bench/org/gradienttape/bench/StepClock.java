package org.gradienttape.bench;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.gan.GanProgress;

/** Measures each step of a run and ends it after the last one that counts; the run must be one step longer. */
final class StepClock implements GanMonitor {
    private final int steps;
    private final List<Double> seconds = new ArrayList<>();
    private long before;
    private double discriminatorLoss;

    StepClock(final int steps) {
        this.steps = steps;
    }

    @Override
    public boolean goOn(final GanProgress progress) {
        final long now = System.nanoTime();
        if (progress.stepsDone() > 0) {
            seconds.add((now - before) / 1e9);
        }
        before = now;
        discriminatorLoss = progress.last().discriminator();
        return progress.stepsDone() < steps;
    }

    @Override
    public void log(final String line) {}

    /** The times, and the discriminator's loss in the last step. */
    Contestant.Outcome outcome() {
        return new Contestant.Outcome(List.copyOf(seconds), discriminatorLoss);
    }
}
