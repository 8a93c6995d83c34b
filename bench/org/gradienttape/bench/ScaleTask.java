package org.gradienttape.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.distributed.Workers;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.gan.GanJob;
import org.gradienttape.torch.gan.GanTraining;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.torch.training.Training;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;

/** What workers share in the benchmark. */
enum ScaleTask {
    /** The guide's classifier with Adam: small, so that nobody gains. */
    CLASSIFIER("Classifier", 55_050 + 640, 4000) {
        @Override
        Run open(final Path folder) throws IOException {
            final GuideTask digits = GuideTask.read(folder);
            return (workers, batch, clock) -> timed(
                    clock,
                    monitor -> Training.run(
                            digits.job(new OptimizerConfig.Adam(1e-3), config(batch), Compute.singleThreaded()),
                            workers,
                            RunFiles.NONE,
                            monitor));
        }
    },
    /** The guide's DCGAN. */
    DCGAN("DCGAN", 1_339_905 + 74_625, 12) {
        @Override
        Run open(final Path folder) throws IOException {
            final GanTask images = GanTask.read(folder);
            return (workers, batch, clock) -> timed(
                    clock, monitor -> GanTraining.run(job(images, config(batch)), workers, RunFiles.NONE, monitor));
        }
    };

    private final String title;
    private final long numbers;
    private final int steps;

    ScaleTask(final String title, final long numbers, final int steps) {
        this.title = title;
        this.numbers = numbers;
        this.steps = steps;
    }

    /** A worker that trains. */
    @FunctionalInterface
    interface Run {
        /**
         * Milliseconds of a step, without the first ones, in which the step is compiled.
         *
         * @param batch of all workers together
         * @param clock nanoseconds; asked on the thread that trains
         */
        double milliseconds(Workers workers, int batch, LongSupplier clock);
    }

    abstract Run open(Path folder) throws IOException;

    /** How many numbers are added up in a step, next to those of the samples. */
    long numbers() {
        return numbers;
    }

    @Override
    public String toString() {
        return title;
    }

    TrainingConfig config(final int batch) {
        return new TrainingConfig(100, batch, 1024, 0, 10_000, steps);
    }

    private static GanJob job(final GanTask images, final TrainingConfig config) {
        return new GanJob(
                new GanJob.Player(GanTask.freshGenerator(0), new OptimizerConfig.Adam(GanTask.GENERATOR_RATE)),
                new GanJob.Player(GanTask.freshDiscriminator(0), new OptimizerConfig.Adam(GanTask.DISCRIMINATOR_RATE)),
                images.digits(),
                Optional.empty(),
                new GanConfig(
                        config, GanTask.LATENT_DIMENSION, GanTask.LABEL_NOISE, new GanConfig.KeptImages(10_000, 0)),
                CallbacksConfig.NONE,
                Compute.singleThreaded());
    }

    @FunctionalInterface
    interface Trainer {
        void run(Clock monitor);
    }

    double timed(final LongSupplier clock, final Trainer training) {
        final Clock monitor = new Clock(clock, steps / 4);
        training.run(monitor);
        return monitor.milliseconds();
    }

    /** Looks at the clock when the first steps are over, and again at each later one. */
    static final class Clock implements GanMonitor {
        private final LongSupplier clock;
        private final long first;
        private long begin = -1;
        private long stepsAtBegin;
        private long now;
        private long steps;

        Clock(final LongSupplier clock, final long first) {
            this.clock = clock;
            this.first = first;
        }

        @Override
        public boolean goOn(final Progress progress) {
            now = clock.getAsLong();
            steps = progress.stepsDone();
            if (begin < 0 && steps >= first) {
                begin = now;
                stepsAtBegin = steps;
            }
            return true;
        }

        @Override
        public void log(final String line) {}

        double milliseconds() {
            return (now - begin) / 1e6 / (steps - stepsAtBegin);
        }
    }
}
