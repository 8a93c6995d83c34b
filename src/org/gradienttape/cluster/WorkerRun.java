package org.gradienttape.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.gradienttape.checkpoint.CheckpointPlan;
import org.gradienttape.checkpoint.FolderLock;
import org.gradienttape.distributed.LostWorkerException;
import org.gradienttape.distributed.Ring;
import org.gradienttape.distributed.Workers;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingMonitor;

/** What one worker of a run does. */
public final class WorkerRun {
    private static final long NANOSECONDS_BETWEEN_REPORTS = 300_000_000;
    private static final long MILLISECONDS_OF_WAIT = 200;
    private static final int STEPS_TO_JUDGE = 50;

    private final JobFolder folder;
    private final Workers workers;
    private final Duration limit;
    private final BooleanSupplier stopped;

    private WorkerRun(
            final JobFolder folder, final Workers workers, final Duration limit, final BooleanSupplier stopped) {
        this.folder = folder;
        this.workers = workers;
        this.limit = limit;
        this.stopped = stopped;
    }

    /**
     * Trains together with the others; returns at the end of the run, or when it cannot go on.
     *
     * @param place where the one before finds this one; closed here
     * @param addresses of all, by rank
     * @param key of the run
     * @param stopped whether this process is to end
     */
    public static JobFolder.Outcome run(
            final JobFolder folder,
            final Ring.Place place,
            final int rank,
            final List<String> addresses,
            final UUID key,
            final Duration limit,
            final BooleanSupplier stopped) {
        try (place) {
            if (addresses.size() == 1) {
                return new WorkerRun(folder, Workers.alone(), limit, stopped).run();
            }
            try (Ring ring = place.join(rank, addresses, key, limit)) {
                return new WorkerRun(folder, new Workers(ring), limit, stopped).run();
            }
        } catch (final LostWorkerException | IOException lost) {
            return JobFolder.Outcome.lost(lost.getMessage());
        } catch (final InvalidInputException unfit) {
            return JobFolder.Outcome.refused(unfit.getMessage());
        } catch (final OutOfMemoryError full) {
            return JobFolder.Outcome.refused("Worker " + rank + " has not enough memory for the run ("
                    + full.getMessage() + "); give each worker more, or choose a smaller batch size.");
        }
    }

    private JobFolder.Outcome run() throws IOException {
        final TrainingJob job = folder.job();
        final RunFiles files;
        if (workers.isFirst()) {
            final CheckpointPlan checkpoints = folder.checkpoints();
            files = RunFiles.of(checkpoints);
            awaitFolder(checkpoints.folder());
        } else {
            files = RunFiles.NONE;
        }
        final TrainedModel trained = Training.run(job, folder.code(), workers, files, new Monitor());
        if (workers.isFirst() && trained.log().stopReason() != StopReason.CANCELLED) {
            folder.finish(trained.model(), trained.log());
        }
        return trained.log().stopReason() == StopReason.CANCELLED && stopped.getAsBoolean()
                ? JobFolder.Outcome.lost("The worker was stopped.")
                : JobFolder.Outcome.DONE;
    }

    /** The worker before may live a little longer than its attempt, or hang until Spark ends it. */
    private void awaitFolder(final Path checkpoints) {
        final long end = System.nanoTime() + limit.toNanos() / 2;
        while (FolderLock.isTaken(checkpoints)) {
            if (System.nanoTime() > end) {
                throw new LostWorkerException("An earlier worker of this run does not answer and has not ended yet.");
            }
            try {
                Thread.sleep(MILLISECONDS_OF_WAIT);
            } catch (final InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new LostWorkerException("The worker was stopped.", stop);
            }
        }
    }

    /** The first worker tells how far it is and asks whether the run is to end. */
    private final class Monitor implements TrainingMonitor {
        private long last = System.nanoTime() - NANOSECONDS_BETWEEN_REPORTS;
        private boolean goesOn = true;
        private long firstTime;
        private long firstStep = -1;
        private boolean hasDoubted;

        @Override
        public boolean goOn(final Progress progress) {
            if (stopped.getAsBoolean()) {
                return false;
            }
            final long now = System.nanoTime();
            doubt(progress.stepsDone(), now);
            if (workers.isFirst() && now - last >= NANOSECONDS_BETWEEN_REPORTS) {
                last = now;
                goesOn = !folder.isAskedForEnd();
                tell(progress);
            }
            return goesOn;
        }

        /** After some steps, the first of which, with its compiling, does not count. */
        private void doubt(final long steps, final long now) {
            if (firstStep < 0 && steps > 0) {
                firstStep = steps;
                firstTime = now;
                workers.beginTiming();
            }
            if (!hasDoubted && firstStep > 0 && steps - firstStep >= STEPS_TO_JUDGE) {
                hasDoubted = true;
                workers.doubt(now - firstTime, steps - firstStep).ifPresent(this::warn);
            }
        }

        private void tell(final Progress progress) {
            try {
                folder.report(progress);
            } catch (final IOException full) {
                warn("The progress could not be written: " + full.getMessage());
            }
        }

        @Override
        public void log(final String line) {
            say(JobFolder.Weight.LOG, line);
        }

        @Override
        public void warn(final String sentence) {
            say(JobFolder.Weight.WARNING, sentence);
        }

        private void say(final JobFolder.Weight weight, final String text) {
            if (!workers.isFirst()) {
                return;
            }
            try {
                folder.say(new JobFolder.Line(weight, text));
            } catch (final IOException full) {
                throw new InvalidInputException(
                        "The folder " + folder.path() + " of the run cannot be written into: " + full.getMessage()
                                + ".",
                        full);
            }
        }
    }
}
