package org.gradienttape.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Execution;
import org.gradienttape.torch.Objective;
import org.gradienttape.torch.Training;
import org.gradienttape.torch.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingMonitor;

/** Our training loop, compiled or eager. */
final class LoopContestant implements Contestant {
    private final GuideTask task;
    private final Execution execution;

    LoopContestant(final GuideTask task, final Execution execution) {
        this.task = task;
        this.execution = execution;
    }

    @Override
    public String name() {
        return "GradientTape, " + execution.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Outcome train(final int epochs) {
        final Network network = GuideTask.network();
        final List<TrainingLog.EpochRow> rows = Training.run(
                        new TrainingJob(
                                new Model(network, Weights.initial(network, 0), Provenance.of("bench")),
                                task.training(),
                                Optional.of(task.validation()),
                                Objective.of(new Loss.SparseCategoricalCrossentropy()),
                                Update.of(new OptimizerConfig.Sgd(GuideTask.LEARNING_RATE)),
                                new TrainingConfig(epochs, GuideTask.BATCH_SIZE, GuideTask.SHUFFLE_BUFFER, 0, 200),
                                CallbacksConfig.NONE,
                                Compute.singleThreaded(execution)),
                        new Silent())
                .log()
                .epochs();
        return new Outcome(
                rows.stream().map(TrainingLog.EpochRow::seconds).toList(),
                rows.get(rows.size() - 1).validationMetrics().get(0));
    }

    private static final class Silent implements TrainingMonitor {
        @Override
        public boolean goOn(final Progress progress) {
            return true;
        }

        @Override
        public void log(final String line) {}
    }
}
