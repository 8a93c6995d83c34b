package org.gradienttape.bench;

import java.util.Locale;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.gan.GanTraining;

/** Our loop, compiled or eager. */
final class LoopGanContestant implements Contestant {
    private final GanTask task;
    private final Compute compute;

    LoopGanContestant(final GanTask task, final Compute compute) {
        this.task = task;
        this.compute = compute;
    }

    @Override
    public String name() {
        return "GradientTape, " + compute.execution().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Outcome train(final int steps) {
        final StepClock clock = new StepClock(steps);
        GanTraining.run(
                task.job(
                        GanTask.freshGenerator(0),
                        GanTask.freshDiscriminator(0),
                        new GanTask.Length(steps + 1, GuideTask.FILE_ORDER, 0, new GanConfig.KeptImages(steps + 1, 0)),
                        compute),
                clock);
        return clock.outcome();
    }
}
