package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.data.PixelRange;
import org.gradienttape.data.Pixels;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.export.TorchScriptFile;
import org.gradienttape.file.IfExists;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Window;
import org.gradienttape.model.Model;
import org.gradienttape.torch.library.OneDnn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that plain DJL loads, as any of its users does, without a class of this project. */
class TorchScriptFileTest {
    private static final Network NETWORK = Network.of(
            Shape.of(6, 6, 1),
            List.of(
                    new ImageLayer.Conv2D(4, Window.square(3, 2, Padding.SAME), Activation.NONE),
                    new NormalizationLayer.BatchNormalization(),
                    new ActivationLayer.LeakyReLU(0.2),
                    new Layer.Dropout(0.5),
                    new Layer.Flatten(),
                    new Layer.Dense(3, Activation.SOFTMAX)));

    @TempDir
    private Path folder;

    static Stream<ExportExample> examples() {
        return ExportExample.all();
    }

    /** Others read files without what some machines need so that oneDNN's convolutions are right. */
    @BeforeAll
    static void startEngine() {
        TorchEngine.start();
        OneDnn.use(false);
    }

    @AfterAll
    static void putBack() {
        OneDnn.use(TorchEngine.start().hasOneDnn());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void predictsWhatTheModelPredictsForAnyNumberOfSamples(final ExportExample example)
            throws IOException, MalformedModelException {
        try (ai.djl.Model loaded = loaded(example.model(), Map.of())) {
            for (final int batch : ExportExample.BATCHES) {
                assertThat(predictions(loaded, example, batch))
                        .as("%s samples", batch)
                        .containsExactly(example.predictions(batch), within(1e-5f));
            }
            assertThat(predictions(loaded, example, 0)).isEmpty();
        }
    }

    /** Nothing is written over, and the averages of a layer do not take part: the engine's own gradients are ours. */
    @Test
    void canBeTrainedFurther() throws IOException, MalformedModelException {
        ExportExample example = ExportExample.of(Network.of(
                Shape.of(6, 6, 1),
                List.of(
                        new ImageLayer.Conv2D(4, Window.square(3, 2, Padding.SAME), Activation.SIGMOID),
                        new NormalizationLayer.BatchNormalization(),
                        new Layer.Flatten(),
                        new Layer.Dense(3, Activation.TANH))));
        try (ai.djl.Model loaded = loaded(example.model(), Map.of("trainParam", "true"));
                NDManager arrays = loaded.getNDManager().newSubManager()) {
            NDArray samples = arrays.create(example.batch(5), new ai.djl.ndarray.types.Shape(example.shape(5)));
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                collector.backward(loaded.getBlock()
                        .forward(new ParameterStore(arrays, false), new NDList(samples), true)
                        .singletonOrThrow()
                        .sum());
            }

            List<float[]> found = loaded.getBlock().getParameters().values().stream()
                    .map(parameter -> parameter.getArray().getGradient().toFloatArray())
                    .toList();
            List<float[]> expected = example.gradients(5);
            assertThat(found).hasSize(6);
            for (int i = 0; i < 6; i++) {
                assertThat(found.get(i)).containsExactly(expected.get(i), within(1e-5f));
            }
        }
    }

    /** The names, and a line that can be read; what an optimizer leaves alone is no parameter. */
    @Test
    void theCodeIsReadableAndNamesTheLayers() {
        String code = TorchScriptFile.module(TestData.fresh(NETWORK, 3)).code();

        assertThat(code)
                .startsWith("""
                        class Prediction(Module):
                          __parameters__ = ["conv2d_kernel", "conv2d_bias", "batch_normalization_gamma", \
                        "batch_normalization_beta", "dense_kernel", "dense_bias", ]
                          __buffers__ = ["batch_normalization_moving_mean", "batch_normalization_moving_variance", ]
                        """)
                .contains("  def forward(self: __torch__.Prediction, x: Tensor) -> Tensor:\n")
                .contains("    batch = torch.size(x, 0)\n")
                .contains("[batch, 36])  # flatten: Flatten, 3 x 3 x 4 to 36\n")
                .contains(" = torch.mm(flatten_reshape, self.dense_kernel)  # dense: Dense, 36 to 3\n");
    }

    @Test
    void extraFilesSayHowSamplesAreTreatedAndWhatTheClassesAreCalled() throws IOException, MalformedModelException {
        Model model = TestData.fresh(NETWORK, 3)
                .with(Preprocessing.ofClasses(
                        List.of("Bär", "\"b\"", "c"),
                        Optional.of(new Pixels(Scaling.DIVIDE_BY_255, PixelRange.ZERO_TO_255))));

        try (ai.djl.Model loaded =
                loaded(model, Map.of("extraFiles", "class_names,input_shape,pixel_divisor,pixel_shift"))) {
            assertThat(loaded.getProperty("class_names")).isEqualTo("[\"Bär\",\"\\\"b\\\"\",\"c\"]");
            assertThat(loaded.getProperty("input_shape")).isEqualTo("[6,6,1]");
            assertThat(loaded.getProperty("pixel_divisor")).isEqualTo("255.0");
            assertThat(loaded.getProperty("pixel_shift")).isEqualTo("0.0");
        }
    }

    @Test
    void aFileThatIsThereStays() throws IOException {
        Path file = folder.resolve("model.pt");
        TorchScriptFile.write(TestData.fresh(NETWORK, 3), file, IfExists.FAIL);

        assertThatThrownBy(() -> TorchScriptFile.write(TestData.fresh(NETWORK, 4), file, IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is one already");
    }

    @Test
    void theSameModelGivesTheSameBytes() {
        assertThat(TorchScriptFile.module(TestData.fresh(NETWORK, 3)).toBytes())
                .isEqualTo(TorchScriptFile.module(TestData.fresh(NETWORK, 3)).toBytes());
    }

    private ai.djl.Model loaded(final Model model, final Map<String, String> options)
            throws IOException, MalformedModelException {
        TorchScriptFile.write(model, folder.resolve("model.pt"), IfExists.FAIL);
        ai.djl.Model loaded = ai.djl.Model.newInstance("model", "PyTorch");
        loaded.load(folder, "model", options);
        return loaded;
    }

    private static float[] predictions(final ai.djl.Model loaded, final ExportExample example, final int batch) {
        try (NDManager arrays = loaded.getNDManager().newSubManager()) {
            NDArray samples = arrays.create(example.batch(batch), new ai.djl.ndarray.types.Shape(example.shape(batch)));
            NDArray output = loaded.getBlock()
                    .forward(new ParameterStore(arrays, false), new NDList(samples), false)
                    .singletonOrThrow();
            assertThat(output.getShape().getShape())
                    .isEqualTo(ExportExample.batchOf(example.model().network().output(), batch));
            return output.toFloatArray();
        }
    }
}
