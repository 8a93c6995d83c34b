package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.GanLog;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.gan.GanProgress;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Presets;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.script.ScriptModule;
import org.gradienttape.script.ScriptTensor;
import org.gradienttape.script.TrainingScript;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledStepTest {
    private static final Network WITH_DROPOUT = Network.of(
            Shape.of(784),
            List.of(
                    new Layer.Dense(64, Activation.RELU),
                    new Layer.Dropout(0.2),
                    new Layer.Dense(64, Activation.RELU),
                    new Layer.Dense(10, Activation.NONE)));

    @TempDir
    private Path folder;

    /** Shuffled, with the same dropout masks: 200 steps on the real digits. */
    @Test
    void theGuidesClassifierLearnsLikeTheEagerOneFor200Steps() throws IOException {
        final Dataset digits = TestData.mnist(folder, Scaling.DIVIDE_BY_255, 6400);
        final List<Model> models = List.of(TestData.classifier(0), TestData.fresh(WITH_DROPOUT, 0));

        for (final Model model : models) {
            final TrainingLog eager = train(model, digits, Execution.EAGER);
            final TrainingLog compiled = train(model, digits, Execution.COMPILED);

            assertThat(eager.steps()).hasSize(200);
            for (int i = 0; i < 200; i++) {
                assertThat(compiled.steps().get(i).loss())
                        .as("step %d", i)
                        .isCloseTo(eager.steps().get(i).loss(), within(1e-5));
                assertThat(compiled.steps().get(i).metrics())
                        .isEqualTo(eager.steps().get(i).metrics());
            }
        }
    }

    /** 20 steps on the real digits, shuffled, with the same noise. */
    @Test
    void theGuidesGanLearnsLikeTheEagerOneFor20Steps() throws IOException {
        final Dataset digits = TestData.mnistImages(folder, 20 * 64);
        final GanLog eager = train(digits, Execution.EAGER);
        final GanLog compiled = train(digits, Execution.COMPILED);

        assertThat(eager.steps()).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(compiled.steps().get(i).discriminatorLoss())
                    .isCloseTo(eager.steps().get(i).discriminatorLoss(), within(1e-4));
            assertThat(compiled.steps().get(i).generatorLoss())
                    .isCloseTo(eager.steps().get(i).generatorLoss(), within(1e-4));
        }
    }

    @Test
    void aNetworkOfAHundredLayersLearnsLikeTheEagerOne() throws IOException {
        final List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            layers.add(new Layer.Dense(8, Activation.NONE));
            layers.add(new Layer.ReLU());
        }
        final Model deep = TestData.fresh(Network.of(Shape.of(8), layers), 1);
        final Dataset data = TestData.random(folder.resolve("data"), Shape.of(8), 8, 40, 2);

        final TrainingLog eager = train(deep, data, Execution.EAGER);
        final TrainingLog compiled = train(deep, data, Execution.COMPILED);

        for (int i = 0; i < eager.steps().size(); i++) {
            assertThat(compiled.steps().get(i).loss())
                    .isCloseTo(eager.steps().get(i).loss(), within(1e-5));
        }
    }

    /** Weights of another shape than the network's, as no model file can hold them. */
    @Test
    void anErrorInCompiledCodeNamesTheLayerAndBothShapes() {
        final Model model = TestData.classifier(0);
        final ScriptModule right = script(model.network()).module(model.weights());
        final List<ScriptTensor> tensors = right.tensors().stream()
                .map(tensor -> tensor.name().equals("dense_1_kernel")
                        ? new ScriptTensor(tensor.name(), Shape.of(63, 64), new float[63 * 64], tensor.role())
                        : tensor)
                .toList();
        try (NDManager run = TorchEngine.start().newManager(TestDevice.arrays())) {
            final CompiledModule module =
                    new CompiledModule(new ScriptModule(right.className(), tensors, right.methods()), run);

            assertThatThrownBy(() -> module.call("predict", List.of(run.zeros(new ai.djl.ndarray.types.Shape(2, 784)))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("The compiled step failed at dense_1: Dense, 64 to 64: ")
                    .hasMessageContaining("mat1 and mat2 shapes cannot be multiplied (2x64 and 63x64)")
                    .hasMessageEndingWith("or the execution Eager.");
        }
    }

    @Test
    void codeThatTheEngineRefusesSaysWhatToChoose() {
        final ScriptModule wrong = new ScriptModule(
                "Wrong",
                List.of(),
                "def predict(self: __torch__.Wrong, x: Tensor) -> Tensor:\n  return torch.nothing(x)\n");
        try (NDManager run = TorchEngine.start().newManager(TestDevice.arrays())) {
            assertThatThrownBy(() -> new CompiledModule(wrong, run))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("The network could not be compiled: ")
                    .hasMessageEndingWith("; choose the execution Eager.");
        }
    }

    @Test
    void samplesThatAreStreamedAreThoseThatStayOnTheDevice() throws IOException {
        final Dataset data = TestData.random(folder.resolve("data"), Shape.of(3, 2), 2, 10, 2);
        final int[] samples = {7, 0, 9, 7};
        try (NDManager run = TorchEngine.start().newManager(TestDevice.arrays())) {
            final SampleSource.Call streamed = new StreamedSamples(data, 2).of(samples, run);
            final SampleSource.Call resident = new ResidentSamples(data, run).of(samples, run);

            assertThat(streamed.indices().toLongArray()).containsExactly(0, 1, 2, 3);
            assertThat(resident.indices().toLongArray()).containsExactly(7, 0, 9, 7);
            assertThat(resident.features().getShape().get(0)).isEqualTo(10);
            assertThat(resident.features().getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(streamed.features().toFloatArray())
                    .containsExactly(resident.features().get(resident.indices()).toFloatArray());
        }
    }

    @Test
    void callsGrowUntilTheyTakeAbout25Milliseconds() {
        final CallSize size = new CallSize(100);
        final List<Integer> batches = new ArrayList<>();

        for (int call = 0; call < 6; call++) {
            batches.add(size.batches());
            size.took(size.batches(), size.batches() * 2_000_000L);
        }
        size.took(12, 240_000_000L);

        assertThat(batches).containsExactly(1, 2, 4, 8, 12, 12);
        assertThat(size.batches()).isEqualTo(1);
    }

    @Test
    void callsHaveNoMoreBatchesThanTheSourceTakes() {
        final CallSize size = new CallSize(3);

        size.took(1, 1);
        size.took(2, 1);

        assertThat(size.batches()).isEqualTo(3);
    }

    private static TrainingScript script(final Network network) {
        return new TrainingScript(
                network,
                new Loss.SparseCategoricalCrossentropy(),
                Update.of(new OptimizerConfig.Sgd(0.01)),
                64,
                Scaling.AS_STORED);
    }

    private static TrainingLog train(final Model model, final Dataset data, final Execution execution) {
        return Training.run(
                        TestData.by(
                                execution,
                                TestData.job(
                                        model,
                                        data,
                                        new OptimizerConfig.Sgd(0.01),
                                        new TrainingConfig(2, 64, 1024, 3, 1))),
                        TestData.PATIENT)
                .log();
    }

    private static GanLog train(final Dataset digits, final Execution execution) {
        return GanTraining.run(
                        new GanJob(
                                new GanJob.Player(
                                        TestData.fresh(Presets.dcganGenerator(), 1), new OptimizerConfig.Adam(4e-4)),
                                new GanJob.Player(
                                        TestData.fresh(Presets.dcganDiscriminator(), 2),
                                        new OptimizerConfig.Adam(3e-4)),
                                digits,
                                new GanConfig(
                                        new TrainingConfig(1, 64, 1024, 3, 1),
                                        0,
                                        128,
                                        0.05,
                                        new GanConfig.KeptImages(100, 0)),
                                TestDevice.compute(execution)),
                        new GanMonitor() {
                            @Override
                            public boolean goOn(final GanProgress progress) {
                                return true;
                            }

                            @Override
                            public void log(final String line) {}
                        })
                .log();
    }
}
