package org.gradienttape.bench;

import java.util.Locale;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;

/** Our training loop, compiled or eager, in seconds of the processor: batches of 64 in file order, Adam. */
record ProcessorContestant(Network network, Dataset digits, Compute compute) implements Contestant {
    /** Of the weights that it starts from. */
    static final long SEED = 0;

    private static final int BATCH_SIZE = 64;

    @Override
    public String name() {
        return "GradientTape, " + compute.execution().name().toLowerCase(Locale.ROOT);
    }

    /** One epoch more, at the end of which the clock starts. */
    @Override
    public Outcome train(final int epochs) {
        final EpochClock clock = new EpochClock();
        final double loss = train(1 + epochs, clock);
        return new Outcome(clock.epochs(), loss);
    }

    /** What compiling takes the first time in a process, in seconds of the processor. */
    String compiling() {
        final EpochClock clock = new EpochClock();
        train(1, clock);
        return String.format(
                Locale.ROOT,
                "The first step took %.2f s of the processor more than the shortest one.",
                clock.compiling());
    }

    /** The loss of the last epoch. */
    private double train(final int epochs, final EpochClock clock) {
        return Training.run(
                        new TrainingJob(
                                new Model(network, Weights.initial(network, SEED), Provenance.of("bench")),
                                digits,
                                Optional.empty(),
                                Objective.of(new Loss.SparseCategoricalCrossentropy()),
                                Update.of(new OptimizerConfig.Adam(1e-3)),
                                new TrainingConfig(epochs, BATCH_SIZE, 1, 0, 200),
                                CallbacksConfig.NONE,
                                compute),
                        clock)
                .log()
                .epochs()
                .get(epochs - 1)
                .loss();
    }
}
