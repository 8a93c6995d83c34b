package org.gradienttape.bench;

import java.util.List;
import java.util.Locale;
import org.gradienttape.nodes.StepTemplate;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.training.CodeTraining;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.train.TrainingLog;

/** Our training loop with the standard step as the Java code of a user. */
final class JavaStepContestant implements Contestant {
    private final GuideTask task;
    private final Compute compute;

    JavaStepContestant(final GuideTask task, final Compute compute) {
        this.task = task;
        this.compute = compute;
    }

    @Override
    public String name() {
        return "GradientTape, Java step, " + compute.execution().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Outcome train(final int epochs) {
        final List<TrainingLog.EpochRow> rows = CodeTraining.run(
                        task.job(new OptimizerConfig.Sgd(GuideTask.LEARNING_RATE), task.inFileOrder(epochs), compute),
                        OwnCode.ofStep(StepTemplate.text("StandardStep")),
                        new SilentMonitor())
                .log()
                .epochs();
        return new Outcome(
                rows.stream().map(TrainingLog.EpochRow::seconds).toList(),
                rows.get(rows.size() - 1).validationMetrics().get(0));
    }
}
