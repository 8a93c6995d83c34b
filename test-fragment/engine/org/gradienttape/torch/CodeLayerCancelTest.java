package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradienttape.code.CodeStop;
import org.gradienttape.code.NetworkBuilder;
import org.gradienttape.data.Dataset;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.model.Model;
import org.gradienttape.torch.prediction.Prediction;
import org.gradienttape.torch.prediction.PredictionJob;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers in Java whose building, training or prediction is cancelled. */
class CodeLayerCancelTest {
    private static final String[] ENDLESS = {
        "{ for (long i = 0; i >= 0; i++) { } }|return x;|line 4 of the layer 1",
        "public void build(Shape input) { for (long i = 0; i >= 0; i++) { } }|return x;|line 4 of the layer 1",
        "|for (long i = 0; i >= 0; i++) { } return x;|line 6 of the layer 1",
    };

    @TempDir
    private Path folder;

    @Test
    void endlessCodeIsLeftBehindWhenTheBuildingIsCancelled() throws InterruptedException {
        for (final String text : ENDLESS) {
            final String[] parts = text.split("\\|");
            final String source = JavaLayers.layer(
                    parts[0].replace("for (long i = 0; i >= 0; i++) {", LeftBehind.ENDLESS),
                    parts[1].replace("for (long i = 0; i >= 0; i++) {", LeftBehind.ENDLESS));

            LeftBehind.during(() -> assertThatThrownBy(() -> NetworkBuilder.build(
                            Shape.of(4), List.of(new NetworkBuilder.InJava("layer 1", source)), () -> !isInTheCode()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("The Java code does not answer the cancel; it is in " + parts[2] + " (\""));
        }
    }

    /** Whether a thread has reached the class Mine, which it does not leave. */
    private static boolean isInTheCode() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals("Mine"));
    }

    @Test
    void endlessCodeThatComputesIsCancelled() {
        final String source = JavaLayers.layer("", "while (mode != null) x.add(1); return x;");

        assertThatThrownBy(() -> NetworkBuilder.build(
                        Shape.of(4), List.of(new NetworkBuilder.InJava("layer 1", source)), () -> false))
                .isInstanceOf(CodeStop.class);
    }

    @Test
    void trainingWithAnEndlessLayerIsCancelled() throws IOException {
        final Network network = JavaLayers.network(
                Shape.of(4),
                JavaLayers.layer("private int calls;", "while (++calls > 3) x.add(1); return x;"),
                new Layer.Dense(3, Activation.NONE));

        final TrainedModel cancelled =
                Training.run(TestData.by(Execution.EAGER, small(network)), new AfterTheFirstStep());

        assertThat(cancelled.log().stopReason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void aPredictionWithAnEndlessLayerIsCancelled() throws IOException {
        final Network network = JavaLayers.network(
                Shape.of(4), JavaLayers.layer("private int calls;", "while (++calls > 2) x.add(1); return x;"));
        final Dataset data = TestData.random(folder.resolve("endless"), Shape.of(4), 3, 20, 5);
        final List<Long> taken = new ArrayList<>();

        final boolean done = Prediction.run(
                new PredictionJob(fresh(network, 1), data, 5, TestDevice.compute()),
                batch -> taken.add(batch.first()),
                () -> false);

        assertThat(done).isFalse();
    }

    @Test
    void aTakerThatHasEnoughEndsThePrediction() throws IOException {
        final Network network = JavaLayers.network(Shape.of(4), StepCode.template("Linear"));
        final Dataset data = TestData.random(folder.resolve("enough"), Shape.of(4), 3, 2000, 5);
        final List<Long> taken = new ArrayList<>();

        final boolean done =
                Prediction.run(new PredictionJob(fresh(network, 1), data, 1, TestDevice.compute()), shown -> {
                    taken.add(shown.first());
                    return shown.first() < 3;
                });

        assertThat(done).isFalse();
        assertThat(taken).containsExactly(0L, 1L, 2L, 3L);
    }

    /** Cancels when a step is done. */
    private static final class AfterTheFirstStep implements TrainingMonitor {
        @Override
        public boolean goOn(final Progress progress) {
            return progress.stepsDone() == 0;
        }

        @Override
        public void log(final String line) {}
    }

    private TrainingJob small(final Network network) throws IOException {
        return SmallRuns.job(folder, network);
    }

    private static Model fresh(final Network network, final long seed) {
        return TestData.fresh(network, seed);
    }
}
