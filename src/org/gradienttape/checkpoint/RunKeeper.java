package org.gradienttape.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.error.MemoryNeed;
import org.gradienttape.model.Model;
import org.gradienttape.state.Memory;
import org.gradienttape.state.RunState;
import org.gradienttape.train.Keeper;

/**
 * Writes checkpoints of a run when they are due, and gives the run the state of the last one back. A checkpoint that cannot
 * be written is told and does not end the run; one that is due while another is being written is left out.
 *
 * <p>Whoever opens it closes it, which waits until the last checkpoint is written.
 */
public final class RunKeeper implements Keeper, AutoCloseable {
    private final CheckpointPlan plan;
    private final RunIdentity identity;
    private final Consumer<String> warnings;
    private final Checkpoints checkpoints;
    private final CheckpointWriter writer;
    /** Nanoseconds from any moment on. */
    private final LongSupplier clock;

    private Supplier<Model> model = () -> {
        throw new IllegalStateException("the run has no model yet");
    };
    private Consumer<Memory> state = memory -> {};
    private Optional<Snapshot> beforeValidation = Optional.empty();
    private long lastTime;
    /** Whether the last checkpoint holds the run as it is now. */
    private boolean isKept;

    private boolean hasWarned;

    private RunKeeper(
            final CheckpointPlan plan,
            final RunIdentity identity,
            final Consumer<String> warnings,
            final Checkpoints checkpoints,
            final LongSupplier clock) {
        this.plan = plan;
        this.identity = identity;
        this.warnings = warnings;
        this.checkpoints = checkpoints;
        this.writer = new CheckpointWriter(checkpoints);
        this.clock = clock;
        this.lastTime = clock.getAsLong();
    }

    /**
     * Takes the folder for a run.
     *
     * @param warnings takes sentences about checkpoints that could not be written or read; called on the run's thread
     * @throws InvalidInputException if another run has the folder, or nothing can be written there
     */
    public static RunKeeper open(
            final CheckpointPlan plan, final RunIdentity identity, final Consumer<String> warnings) {
        return open(plan, identity, warnings, System::nanoTime);
    }

    static RunKeeper open(
            final CheckpointPlan plan,
            final RunIdentity identity,
            final Consumer<String> warnings,
            final LongSupplier clock) {
        return new RunKeeper(plan, identity, warnings, Checkpoints.open(plan.folder()), clock);
    }

    /**
     * Deletes the checkpoints of a folder, if there is one.
     *
     * @throws InvalidInputException if a run has the folder
     */
    public static void forget(final Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Checkpoints checkpoints = Checkpoints.open(folder)) {
                checkpoints.deleteAll();
            }
        }
    }

    /**
     * The same keeper for a run that can be asked for its model now.
     *
     * @param trained a copy of the model as it is trained so far; the one that a checkpoint is read as
     */
    public RunKeeper of(final Supplier<Model> trained) {
        model = trained;
        return this;
    }

    @Override
    public boolean begin(final Consumer<Memory> run) {
        state = run;
        if (plan.resume() == CheckpointPlan.Resume.NEVER) {
            beginAnew();
            return false;
        }
        final Optional<RunState> kept = latest();
        if (kept.isEmpty()) {
            if (plan.resume() == CheckpointPlan.Resume.MUST) {
                throw new InvalidInputException("The run must go on from a checkpoint, but there is none in "
                        + plan.folder() + "; choose the folder of the run, or let it begin anew.");
            }
            return false;
        }
        check(kept.get());
        try {
            state.accept(Memory.of(kept.get()));
        } catch (final IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException damaged) {
            throw new InvalidInputException(
                    "The checkpoint in " + plan.folder() + " does not fit the run; begin it anew.", damaged);
        }
        isKept = true;
        return true;
    }

    private void beginAnew() {
        try {
            checkpoints.beginAnew();
        } catch (final IOException trouble) {
            throw new InvalidInputException(trouble.getMessage(), trouble);
        }
    }

    private Optional<RunState> latest() {
        try {
            return checkpoints.latest(warnings);
        } catch (final IOException trouble) {
            throw new InvalidInputException(trouble.getMessage(), trouble);
        }
    }

    private void check(final RunState kept) {
        final String difference = identity.differenceTo(kept);
        if (!difference.isEmpty()) {
            throw new InvalidInputException("The checkpoint in " + plan.folder() + " is of another run: " + difference
                    + "; put that back, choose another folder, or let the run begin anew.");
        }
    }

    @Override
    public void beforeFirstFile() {
        snapshot().ifPresent(this::keep);
        warned(); // which waits for it
    }

    @Override
    public long stepsUntilDue(final long stepsDone) {
        isKept = false;
        return plan.unit() == CheckpointPlan.Unit.STEPS ? plan.every() - stepsDone % plan.every() : Long.MAX_VALUE;
    }

    @Override
    public void afterSteps(final long stepsDone) {
        final boolean isDue =
                switch (plan.unit()) {
                    case STEPS -> stepsDone % plan.every() == 0;
                    case EPOCHS -> false;
                    case MINUTES -> clock.getAsLong() - lastTime >= TimeUnit.MINUTES.toNanos(plan.every());
                };
        if (isDue) {
            keepIfIdle();
        }
    }

    @Override
    public void beforeValidation() {
        isKept = false;
        beforeValidation = snapshot();
    }

    @Override
    public void afterEpoch(final int epochsDone) {
        beforeValidation = Optional.empty();
        isKept = false;
        if (plan.unit() == CheckpointPlan.Unit.EPOCHS && epochsDone % plan.every() == 0) {
            keepIfIdle();
        }
    }

    @Override
    public void end(final Place place) {
        if (place == Place.BEFORE_VALIDATION) {
            beforeValidation.ifPresent(this::keep);
        } else if (!isKept || warned()) {
            snapshot().ifPresent(this::keep);
        }
    }

    private void keepIfIdle() {
        if (!writer.isBusy()) {
            warned();
            snapshot().ifPresent(this::keep);
        }
    }

    private void keep(final Snapshot snapshot) {
        if (snapshot.model().notFinite().isPresent()) { // the run itself says so
            return;
        }
        writer.write(snapshot);
        lastTime = clock.getAsLong();
        isKept = true;
    }

    /** Nothing if the state holds what cannot be kept, or memory is too small for a copy, which is told. */
    private Optional<Snapshot> snapshot() {
        try {
            final Memory memory = Memory.empty();
            identity.keep(memory);
            state.accept(memory);
            return Optional.of(new Snapshot(model.get(), memory.state()));
        } catch (final InvalidInputException unable) {
            warn(unable.getMessage());
        } catch (final OutOfMemoryError full) {
            warn(MemoryNeed.exceeded("A copy of the run for its checkpoint", full));
        }
        return Optional.empty();
    }

    /** Says whether something went wrong with the last checkpoint; tells it once until one is written again. */
    private boolean warned() {
        if (!writer.hasWritten()) {
            return false;
        }
        final Optional<String> trouble = writer.trouble();
        trouble.ifPresentOrElse(this::warn, () -> hasWarned = false);
        return trouble.isPresent();
    }

    private void warn(final String sentence) {
        if (!hasWarned) {
            warnings.accept(sentence + " The run goes on without this checkpoint.");
        }
        hasWarned = true;
    }

    @Override
    public void close() {
        try {
            warned();
        } finally {
            try {
                writer.close();
            } catch (final IOException left) {
                warnings.accept("The folder " + plan.folder() + " could not be released: " + left.getMessage());
            }
        }
    }
}
