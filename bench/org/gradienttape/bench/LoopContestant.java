package org.gradienttape.bench;

import java.util.List;
import java.util.Locale;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.training.Training;
import org.gradienttape.train.TrainingLog;

/** Our training loop, compiled or eager. */
final class LoopContestant implements Contestant {
    private final GuideTask task;
    private final Compute compute;

    LoopContestant(final GuideTask task, final Compute compute) {
        this.task = task;
        this.compute = compute;
    }

    @Override
    public String name() {
        return "GradientTape, " + compute.execution().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Outcome train(final int epochs) {
        final List<TrainingLog.EpochRow> rows = Training.run(
                        task.job(new OptimizerConfig.Sgd(GuideTask.LEARNING_RATE), task.inFileOrder(epochs), compute),
                        new SilentMonitor())
                .log()
                .epochs();
        return new Outcome(
                rows.stream().map(TrainingLog.EpochRow::seconds).toList(),
                rows.get(rows.size() - 1).validationMetrics().get(0));
    }
}
