package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.google.gson.Gson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.PixelRange;
import org.gradienttape.data.Pixels;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.export.OnnxFile;
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
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.layer.Weights;
import org.gradienttape.layer.Window;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.prediction.Prediction;
import org.gradienttape.torch.prediction.PredictionJob;
import org.gradienttape.torch.training.Training;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that ONNX Runtime reads and computes with. */
class OnnxFileTest {
    private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();
    private static final Network NETWORK = Network.of(Shape.of(4), List.of(new Layer.Dense(3, Activation.SOFTMAX)));

    @TempDir
    private Path folder;

    static Stream<ExportExample> examples() {
        return ExportExample.all();
    }

    @Test
    void everyKindOfLayerIsAnExample() {
        Stream<Class<?>> kinds = examples()
                .flatMap(example -> example.model().network().layers().stream())
                .<Class<?>>map(Object::getClass)
                .distinct();

        assertThat(kinds).containsExactlyInAnyOrderElementsOf(LayerExample.kinds(Layer.class));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void predictsWhatTheModelPredictsForAnyNumberOfSamples(final ExportExample example)
            throws IOException, OrtException {
        try (OrtSession session = RUNTIME.createSession(written(example.model()).toString())) {
            for (final int batch : ExportExample.BATCHES) {
                assertThat(run(session, example, batch))
                        .as("%s samples", batch)
                        .containsExactly(example.predictions(batch), within(1e-5f));
            }
            assertThat(run(session, example, 0)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void holdsTheWeightsByTheirNames(final ExportExample example) throws IOException {
        Map<String, float[]> found = new LinkedHashMap<>();
        OnnxMl.GraphProto graph = parsed(written(example.model())).getGraph();
        graph.getInitializerList().forEach(tensor -> found.put(tensor.getName(), numbers(tensor)));

        for (final Network.Node node : example.model().network().nodes()) {
            for (final WeightSpec weight : node.weights()) {
                String name = node.weightName(weight);
                assertThat(found.get(name))
                        .as(name)
                        .isEqualTo(example.model().weights().get(name));
            }
        }
        assertThat(graph.getNodeList()).extracting(OnnxMl.NodeProto::getName).doesNotHaveDuplicates();
    }

    /** What a person does: train on digits, write the file, scale by its metadata in another program, and read digits. */
    @ParameterizedTest
    @MethodSource("readers")
    void aTrainedClassifierGivesTheSameProbabilitiesOfRealDigits(final Network network)
            throws IOException, OrtException {
        Dataset digits = network.input().equals(Shape.of(784))
                ? TestData.mnist(folder.resolve("data"), Scaling.DIVIDE_BY_255, 2_000)
                : TestData.mnistImages(folder.resolve("data"), 2_000);
        Model trained = withProbabilities(Training.run(
                        TestData.job(
                                TestData.fresh(network, 1),
                                digits,
                                new OptimizerConfig.Adam(0.01),
                                new TrainingConfig(2, 16, 0, 0, 1)),
                        TestData.PATIENT)
                .model());
        int samples = 200;
        List<float[]> expected = new ArrayList<>();
        Prediction.run(new PredictionJob(trained, digits, 64, TestDevice.compute()), batch -> {
            for (int row = 0; row < batch.size(); row++) {
                expected.add(batch.outputs().row(row));
            }
            return true;
        });

        try (OrtSession session = RUNTIME.createSession(written(trained).toString())) {
            Map<String, String> notes = session.getMetadata().getCustomMetadata();
            FloatBuffer pixels = FloatBuffer.allocate(samples * 784);
            ByteBuffer stored = ByteBuffer.allocate(784);
            for (int sample = 0; sample < samples; sample++) {
                digits.copyFeatures(sample, stored.clear());
                for (final byte pixel : stored.array()) {
                    pixels.put((pixel & 0xFF) / Float.parseFloat(notes.get("pixel_divisor"))
                            + Float.parseFloat(notes.get("pixel_shift")));
                }
            }
            long[] shape = ExportExample.batchOf(network.input(), samples);
            try (OnnxTensor input = OnnxTensor.createTensor(RUNTIME, pixels.flip(), shape);
                    OrtSession.Result result = session.run(Map.of("input", input))) {
                float[][] found = (float[][]) result.get(0).getValue();
                assertThat(found).hasDimensions(samples, 10);
                for (int i = 0; i < samples; i++) {
                    assertThat(found[i]).as("digit %s", i).containsExactly(expected.get(i), within(1e-5f));
                    assertThat(placeOfLargest(found[i])).isEqualTo(placeOfLargest(expected.get(i)));
                }
                assertThat(IntStream.range(0, samples).filter(i -> placeOfLargest(found[i]) == digits.label(i)))
                        .hasSizeGreaterThan(100); // 187 and 181 when this was written, 20 by chance
            }
        }
    }

    /** Of flat digits, and of images of them. */
    static Stream<Network> readers() {
        return Stream.of(
                TestData.classifier(1).network(),
                Network.of(
                        Shape.of(28, 28, 1),
                        List.of(
                                new ImageLayer.Conv2D(8, Window.square(3, 1, Padding.SAME), Activation.RELU),
                                new ImageLayer.MaxPooling2D(Window.square(2, 2, Padding.VALID)),
                                new NormalizationLayer.BatchNormalization(),
                                new Layer.Flatten(),
                                new Layer.Dropout(0.2),
                                new Layer.Dense(10, Activation.NONE))));
    }

    /** The loss takes what is before the softmax, so that is put behind the trained layers. */
    private static Model withProbabilities(final Model trained) {
        List<Layer> layers = new ArrayList<>(trained.network().layers());
        layers.add(new ActivationLayer.Softmax());
        Network network = Network.of(trained.network().input(), layers);
        Map<String, float[]> values = new LinkedHashMap<>();
        for (final Network.Node node : trained.network().nodes()) {
            for (final WeightSpec weight : node.weights()) {
                values.put(node.weightName(weight), trained.weights().get(node.weightName(weight)));
            }
        }
        return new Model(network, Weights.of(network, values), Provenance.of("test")).with(trained.preprocessing());
    }

    private static int placeOfLargest(final float[] numbers) {
        return IntStream.range(0, numbers.length)
                .reduce((best, next) -> numbers[next] > numbers[best] ? next : best)
                .orElseThrow();
    }

    @Test
    void inputAndOutputAreNamedAndTheBatchIsFree() throws IOException, OrtException {
        try (OrtSession session =
                RUNTIME.createSession(written(TestData.fresh(NETWORK, 1)).toString())) {
            assertThat(session.getInputNames()).containsExactly("input");
            assertThat(session.getOutputNames()).containsExactly("output");
            TensorInfo input = (TensorInfo) session.getInputInfo().get("input").getInfo();
            TensorInfo output =
                    (TensorInfo) session.getOutputInfo().get("output").getInfo();
            assertThat(input.getShape()).containsExactly(-1, 4);
            assertThat(input.getDimensionNames()).containsExactly("batch", "");
            assertThat(output.getShape()).containsExactly(-1, 3);
            assertThat(output.getDimensionNames()).containsExactly("batch", "");
        }
    }

    @Test
    void saysHowSamplesAreTreatedAndWhatTheClassesAreCalled() throws IOException, OrtException {
        List<String> names = List.of("Bär", "\"quoted\", with a comma", "c<d>'e'");
        Model model = TestData.fresh(NETWORK, 1)
                .with(Preprocessing.ofClasses(
                        names, Optional.of(new Pixels(Scaling.MINUS_ONE_TO_ONE, PixelRange.ZERO_TO_255))));

        try (OrtSession session = RUNTIME.createSession(written(model).toString())) {
            Map<String, String> found = session.getMetadata().getCustomMetadata();

            assertThat(found)
                    .containsOnlyKeys("class_names", "input_shape", "output_shape", "pixel_divisor", "pixel_shift");
            assertThat(new Gson().fromJson(found.get("class_names"), String[].class))
                    .containsExactlyElementsOf(names);
            assertThat(found.get("class_names")).contains("Bär");
            assertThat(found).containsEntry("input_shape", "[4]").containsEntry("output_shape", "[3]");
            assertThat(found).containsEntry("pixel_divisor", "127.5").containsEntry("pixel_shift", "-1.0");
            assertThat(session.getMetadata().getProducerName()).isEqualTo("GradientTape Nodes");
        }
    }

    @Test
    void whatIsNotKnownIsNotThere() throws IOException, OrtException {
        try (OrtSession session =
                RUNTIME.createSession(written(TestData.fresh(NETWORK, 1)).toString())) {
            assertThat(session.getMetadata().getCustomMetadata()).containsOnlyKeys("input_shape", "output_shape");
        }
    }

    @Test
    void theProducersVersionIsThatOfTheBundle() throws IOException {
        String version;
        try (var manifest =
                Files.newInputStream(Path.of(System.getProperty("gradienttape.root"), "META-INF/MANIFEST.MF"))) {
            version = new Manifest(manifest).getMainAttributes().getValue("Bundle-Version");
        }

        assertThat(parsed(written(TestData.fresh(NETWORK, 1))).getProducerVersion() + ".qualifier")
                .isEqualTo(version);
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        Path one = folder.resolve("one.onnx");
        Path other = folder.resolve("other.onnx");
        OnnxFile.write(TestData.fresh(NETWORK, 3), one, IfExists.FAIL);
        OnnxFile.write(TestData.fresh(NETWORK, 3), other, IfExists.FAIL);

        assertThat(one).hasSameBinaryContentAs(other);
    }

    /** 2 x 300,000,000 numbers of 4 bytes; nothing of them is made. */
    @Test
    void aModelThatIsTooLargeIsRefusedBeforeItsWeightsAreThere() {
        Network large = Network.of(
                Shape.of(30_000),
                List.of(new Layer.Dense(10_000, Activation.NONE), new Layer.Dense(30_000, Activation.NONE)));

        assertThatThrownBy(() -> OnnxFile.check(large))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "An ONNX file holds at most 2 GB, but this model would take 2.4 GB; choose another format.");
        OnnxFile.check(NETWORK);
    }

    @Test
    void aModelWithNanIsNotWritten() {
        Model broken = new Model(
                NETWORK,
                Weights.of(NETWORK, Map.of("dense/kernel", new float[12], "dense/bias", new float[] {0, Float.NaN, 0})),
                Provenance.of("test"));
        Path file = folder.resolve("model.onnx");

        assertThatThrownBy(() -> OnnxFile.write(broken, file, IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The weights of a model must be finite numbers, but dense/bias holds NaN or an infinite one,"
                                + " so " + file + " was not written; train the model again.");
        assertThatThrownBy(() -> TorchScriptFile.write(broken, file, IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("dense/bias holds NaN");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theModelReaderSaysWhatTheFileIs() throws IOException {
        Path file = written(TestData.fresh(NETWORK, 3));

        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "a GradientTape model from the Model Writer was expected, but it is an ONNX or TensorFlow model");
        TorchScriptFile.write(TestData.fresh(NETWORK, 3), file, IfExists.OVERWRITE);
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("but it is a PyTorch model (.pt, .pth)");
    }

    @Test
    void aFileThatIsThereStays() throws IOException {
        Path file = written(TestData.fresh(NETWORK, 3));
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> OnnxFile.write(TestData.fresh(NETWORK, 4), file, IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is one already");
        assertThat(file).hasBinaryContent(before);
        OnnxFile.write(TestData.fresh(NETWORK, 4), file, IfExists.OVERWRITE);
        assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private Path written(final Model model) throws IOException {
        Path file = folder.resolve("model.onnx");
        OnnxFile.write(model, file, IfExists.FAIL);
        return file;
    }

    private static OnnxMl.ModelProto parsed(final Path file) throws IOException {
        return OnnxMl.ModelProto.parseFrom(Files.readAllBytes(file));
    }

    private static float[] numbers(final OnnxMl.TensorProto tensor) {
        FloatBuffer raw = tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] numbers = new float[raw.remaining()];
        raw.get(numbers);
        return numbers;
    }

    private static float[] run(final OrtSession session, final ExportExample example, final int batch)
            throws OrtException {
        try (OnnxTensor input =
                        OnnxTensor.createTensor(RUNTIME, FloatBuffer.wrap(example.batch(batch)), example.shape(batch));
                OrtSession.Result result = session.run(Map.of("input", input))) {
            OnnxTensor output = (OnnxTensor) result.get(0);
            long[] shape = output.getInfo().getShape();
            assertThat(shape[0]).isEqualTo(batch);
            assertThat(Arrays.copyOfRange(shape, 1, shape.length))
                    .isEqualTo(Arrays.copyOfRange(outputShape(example), 1, shape.length));
            float[] numbers = new float[output.getFloatBuffer().remaining()];
            output.getFloatBuffer().get(numbers);
            return numbers;
        }
    }

    private static long[] outputShape(final ExportExample example) {
        return ExportExample.batchOf(example.model().network().output(), 0);
    }
}
