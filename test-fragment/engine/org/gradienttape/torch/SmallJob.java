package org.gradienttape.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.gradienttape.data.Dataset;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingMonitor;

/** A small classifier that learns random numbers, in two steps an epoch. */
final class SmallJob {
    /** With layers that draw numbers and that add losses. */
    private static final Network SMALL = Network.of(
            Shape.of(6),
            List.of(
                    new Layer.Dense(5, Activation.RELU),
                    new Layer.ActivityRegularization(0.01, 0.01),
                    new Layer.Dropout(0.2),
                    new Layer.Dense(3, Activation.NONE)));

    private SmallJob() {}

    /** A job whose data lies in the folder, and is made if the folder is not there. */
    static TrainingJob in(final Path own, final int epochs) throws IOException {
        return in(own, epochs, Execution.COMPILED);
    }

    static TrainingJob in(final Path own, final int epochs, final Execution execution) throws IOException {
        final Dataset data = Files.exists(own) ? Dataset.open(own) : TestData.random(own, Shape.of(6), 3, 16, 5);
        return TestData.by(
                execution,
                TestData.job(
                        TestData.fresh(SMALL, 1),
                        data,
                        new OptimizerConfig.Sgd(0.1),
                        new TrainingConfig(epochs, 8, 0, 3, 1)));
    }

    /** Never stops, and hands on the lines. */
    record Patient(Consumer<String> lines) implements TrainingMonitor {
        @Override
        public boolean goOn(final Progress progress) {
            return true;
        }

        @Override
        public void log(final String line) {
            lines.accept(line);
        }
    }
}
