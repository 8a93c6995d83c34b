package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.graph.Trace;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.Metric;
import org.gradienttape.metric.SparseCategoricalAccuracy;
import org.gradienttape.metric.Targets;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.prediction.Prediction;
import org.gradienttape.torch.prediction.PredictionJob;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionTest {
    private final Network network = Network.of(
            Shape.of(20),
            List.of(new Layer.Dense(16, Activation.RELU), new Layer.Dropout(0.5), new Layer.Dense(4, Activation.NONE)));
    private final Model model = TestData.fresh(network, 3);

    @TempDir
    private Path folder;

    private Dataset data;

    @BeforeEach
    void writeData() throws IOException {
        data = TestData.random(folder.resolve("data"), Shape.of(20), 4, 50, 1);
    }

    /** The mean accuracy of the outputs is what the training loop finds on the same samples after its epoch. */
    @Test
    void seesWhatValidationSees() {
        final TrainedModel trained = Training.run(
                new TrainingJob(
                        model,
                        data,
                        Optional.of(data),
                        Objective.of(new Loss.SparseCategoricalCrossentropy()),
                        Update.of(new OptimizerConfig.Adam(0.05)),
                        new TrainingConfig(3, 10, 0, 0, 100),
                        CallbacksConfig.NONE,
                        TestDevice.compute()),
                TestData.PATIENT);
        final Metric accuracy = new SparseCategoricalAccuracy();

        final boolean done =
                Prediction.run(new PredictionJob(trained.model(), data, 7, TestDevice.compute()), batch -> {
                    final int[] labels = new int[batch.size()];
                    for (int row = 0; row < labels.length; row++) {
                        labels[row] = data.label((int) batch.first() + row);
                    }
                    accuracy.update(batch.outputs(), Targets.ofClasses(labels));
                    return true;
                });

        assertThat(done).isTrue();
        assertThat(accuracy.result())
                .isEqualTo(trained.log().epochs().get(2).validationMetrics().get(0));
    }

    @Test
    void batchSizeDoesNotMatter() {
        assertThat(outputs(50)).hasSize(200).containsExactly(outputs(8), within(1e-6f));
        assertThat(outputs(8)).isEqualTo(outputs(8));
    }

    /** Many batches go through a program, few through single operations. */
    @Test
    void manyBatchesGiveWhatOneGives() throws IOException {
        assertThat(outputs(5)).containsExactly(outputs(50), within(1e-6f));
        assertThat(outputs(6)).as("a last batch of 2").containsExactly(outputs(50), within(1e-6f));
        assertThat(outputs(1)).containsExactly(outputs(50), within(1e-6f));
        assertThat(outputs(5)).isEqualTo(outputs(5));

        final Dataset digits = TestData.mnist(folder.resolve("digits"), Scaling.DIVIDE_BY_255, 100);
        final Model classifier = TestData.classifier(1);
        assertThat(outputs(classifier, digits, 10)).containsExactly(outputs(classifier, digits, 100), within(1e-6f));
    }

    @Test
    void aProgramOfManyBatchesIsKeptForTheNextRun() {
        outputs(5);
        final int before = SharedPrograms.size();

        outputs(5);
        assertThat(SharedPrograms.size()).isEqualTo(before);
        outputs(4);
        assertThat(SharedPrograms.size()).isGreaterThan(before);
    }

    @Test
    void twoRunsAtOnceUseTheSameProgram() throws InterruptedException, ExecutionException {
        final float[] alone = outputs(5);
        final ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            for (final Future<float[]> run :
                    pool.invokeAll(Collections.nCopies(20, (Callable<float[]>) () -> outputs(5)))) {
                assertThat(run.get()).isEqualTo(alone);
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void programsThatNoRunUsesAreForgottenAndOthersStay() {
        final Trace trace = Trace.ofOperations();
        try (SharedPrograms.Shared used = SharedPrograms.of(traced(trace, -1))) {
            for (int i = 0; i < 80; i++) {
                SharedPrograms.of(traced(trace, i)).close();
            }

            assertThat(SharedPrograms.size()).isLessThanOrEqualTo(64);
            try (NDManager run = TorchEngine.start().newManager(TestDevice.arrays());
                    VariableStore none = new VariableStore(run);
                    PartCaller caller = new PartCaller(run, none)) {
                assertThat(caller.run(used.module(), used.program(), new double[0], List.of(), run)
                                .get(0)
                                .toFloatArray())
                        .containsExactly(-1, -1);
            }
        }
    }

    /** Two times a number. */
    private static Trace traced(final Trace trace, final double number) {
        trace.begin();
        trace.output(trace.full(number, 2));
        return trace;
    }

    @Test
    void stopsWhenItIsTold() {
        final List<Long> firsts = new ArrayList<>();

        final boolean done = Prediction.run(new PredictionJob(model, data, 10, TestDevice.compute()), batch -> {
            firsts.add(batch.first());
            return firsts.size() < 2;
        });

        assertThat(done).isFalse();
        assertThat(firsts).containsExactly(0L, 10L);
    }

    @Test
    void nothingIsSaidAboutNoSamples() throws IOException {
        final Dataset none = TestData.random(folder.resolve("none"), Shape.of(20), 4, 0, 1);

        assertThat(Prediction.run(new PredictionJob(model, none, 10, TestDevice.compute()), batch -> false))
                .isTrue();
    }

    @Test
    void refusesSamplesOfAnotherShape() throws IOException {
        final Dataset other = TestData.random(folder.resolve("other"), Shape.of(4, 5, 1), 4, 2, 1);

        assertThatThrownBy(
                        () -> Prediction.run(new PredictionJob(model, other, 10, TestDevice.compute()), batch -> true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The model takes samples of the shape 20")
                .hasMessageContaining("4 x 5 x 1");
        assertThatThrownBy(() -> new PredictionJob(model, data, 0, TestDevice.compute()))
                .hasMessageContaining("batch size");
    }

    @Test
    void leavesNoArrayOpen() {
        outputs(8);
        outputs(5);
        final int before = NativeArrays.count();

        outputs(8);
        outputs(5);

        assertThat(NativeArrays.count()).isEqualTo(before);
    }

    private float[] outputs(final int batchSize) {
        return outputs(model, data, batchSize);
    }

    private static float[] outputs(final Model model, final Dataset data, final int batchSize) {
        final int columns = model.network().output().last();
        final float[] all = new float[columns * data.samples()];
        Prediction.run(new PredictionJob(model, data, batchSize, TestDevice.compute()), batch -> {
            final float[] values = batch.outputs().values();
            System.arraycopy(values, 0, all, columns * (int) batch.first(), values.length);
            return true;
        });
        return all;
    }
}
