package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Outline;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCrossentropyTest {
    @TempDir
    private Path folder;

    /** log(1 + exp(x)) - x * t for each, by hand: log 2; log(1 + e^2) - 2 * 1.05; log(1 + e^-3) + 3. */
    @Test
    void isTheMeanOfTheSamples() {
        final double expected = (0.6931471805599453 + (2.1269280110429727 - 2.1) + 3.048587351573742) / 3;

        assertThat(loss(new float[] {0, 2, -3}, new float[] {0, 1.05f, 1})).isCloseTo(expected, within(1e-6));
    }

    @Test
    void staysFiniteForLargeLogits() {
        assertThat(loss(new float[] {1000, -1000}, new float[] {1, 0})).isZero();
        assertThat(loss(new float[] {1000, -1000}, new float[] {0, 1})).isEqualTo(1000);
    }

    @Test
    void aTrainingRunLearnsFromItAndReportsAccuracy() throws IOException {
        final Dataset data = TestData.random(folder, Shape.of(4), 2, 16, 3);
        final TrainingLog log = Training.run(
                        new TrainingJob(
                                TestData.fresh(classifier(1), 2),
                                data,
                                Optional.empty(),
                                Objective.of(new Loss.BinaryCrossentropy()),
                                Update.of(new OptimizerConfig.Adam(0.05)),
                                new TrainingConfig(100, 16, 1, 0, 1),
                                CallbacksConfig.NONE,
                                TestDevice.compute(Execution.EAGER)),
                        TestData.PATIENT)
                .log();

        assertThat(log.epochs().get(99).loss()).isLessThan(0.1);
        assertThat(log.epochs().get(99).metrics()).containsExactly(1.0);
    }

    @Test
    void needsOneOutputAndTwoClasses() throws IOException {
        final Dataset data = TestData.random(folder, Shape.of(4), 3, 16, 3);

        assertThatThrownBy(() -> Training.check(
                        outline(2), data.info(), Optional.empty(), Objective.of(new Loss.BinaryCrossentropy())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("needs one output, but the model's output has the shape 2");
        assertThatThrownBy(() -> Training.check(
                        outline(1), data.info(), Optional.empty(), Objective.of(new Loss.BinaryCrossentropy())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("random has 3");
    }

    private static Outline outline(final int outputs) {
        return new Outline(classifier(outputs), Preprocessing.UNKNOWN);
    }

    private static Network classifier(final int outputs) {
        return Network.of(
                Shape.of(4), List.of(new Layer.Dense(32, Activation.RELU), new Layer.Dense(outputs, Activation.NONE)));
    }

    private static double loss(final float[] logits, final float[] labels) {
        return Computed.with(Execution.EAGER, c -> {
            final List<Fetched> loss = new ArrayList<>();
            c.step(() -> loss.add(c.fetch(new Loss.BinaryCrossentropy()
                    .call(
                            c.machine().tensor(labels, labels.length, 1),
                            c.machine().tensor(logits, logits.length, 1)))));
            return (double) loss.get(0).number();
        });
    }
}
