package org.gradienttape.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.gradienttape.data.PixelRange;
import org.gradienttape.data.Pixels;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Scaling;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.LayerPlan;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.layer.Weights;
import org.gradienttape.layer.WrapperLayer;

/** Models, and model files taken apart and put together again by the JDK's own zip streams. */
final class ModelFixture {
    static final String JSON = "model.json";
    static final String WEIGHTS = "weights.safetensors";

    /** A layer in Java, of which reading and writing understand nothing. */
    static final CodeLayer IN_JAVA = new CodeLayer(
            "This is \"no\" Java.\n",
            new LayerPlan(
                    "Größe",
                    Shape.of(3),
                    Shape.of(2, 2),
                    Activation.TANH,
                    false,
                    List.of(
                            new WeightSpec("w", Shape.of(), Initializer.RANDOM_NORMAL, 1, 1, false),
                            new WeightSpec(
                                    "block/dense/kernel", Shape.of(3, 4), Initializer.GLOROT_UNIFORM, 3, 4, true)),
                    List.of(
                            new LayerPlan.Part(
                                    "block/dense",
                                    "Dense",
                                    Optional.of(new Layer.Dense(4, Activation.NONE, false)),
                                    Shape.of(4),
                                    List.of(LayerPlan.INPUT)),
                            new LayerPlan.Part(
                                    "other", "Other", Optional.empty(), Shape.of(2, 2), List.of("block/dense", ""))),
                    List.of("other", LayerPlan.INPUT)));

    private ModelFixture() {}

    /** A model with one layer of each kind. */
    static Model model() {
        final Network network = Network.of(
                Shape.of(2, 2, 1),
                List.of(
                        new Layer.Flatten(),
                        new Layer.Dense(3, Activation.RELU),
                        new Layer.ActivityRegularization(0, 1e-2),
                        new Layer.Dropout(0.5),
                        new Layer.Reshape(Shape.of(3)),
                        new Layer.ReLU(),
                        new Layer.Dense(2, Activation.NONE, false)));
        final Provenance provenance = new Provenance(
                "GradientTape Trainer", Optional.of("MNIST"), Map.of("learning rate", "0.001", "epochs", "2"));
        final Preprocessing preprocessing = Preprocessing.ofClasses(
                List.of("no \"quotes\"", "ä"), Optional.of(new Pixels(Scaling.DIVIDE_BY_255, PixelRange.ZERO_TO_255)));
        return new Model(network, Weights.initial(network, 7), preprocessing, provenance);
    }

    /** With layers that call another one for each step of a sequence. */
    static Model ofSteps() {
        final Network network = Network.of(
                Shape.of(3, 2),
                List.of(
                        new WrapperLayer.TimeDistributed(new Layer.Dense(4, Activation.TANH)),
                        new WrapperLayer.TimeDistributed(new NormalizationLayer.BatchNormalization()),
                        new WrapperLayer.TimeDistributed(new Layer.Flatten())));
        return new Model(network, Weights.initial(network, 7), Provenance.of("Test"));
    }

    /** One Dense layer with the kernel [1, -2] and the bias 0.5. */
    static Model small() {
        final Network network = Network.of(Shape.of(2), List.of(new Layer.Dense(1, Activation.NONE)));
        final Weights weights =
                Weights.of(network, Map.of("dense/kernel", new float[] {1, -2}, "dense/bias", new float[] {0.5f}));
        return new Model(network, weights, Provenance.of("a test"));
    }

    static byte[] bytes(final Model model) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, out);
        return out.toByteArray();
    }

    static Map<String, byte[]> entries(final byte[] zip) throws IOException {
        final Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }

    static byte[] zip(final Map<String, byte[]> entries) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (final Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    static byte[] safetensors(final String header, final float... numbers) {
        final byte[] text = header.getBytes(StandardCharsets.UTF_8);
        final ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 4 * numbers.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text);
        for (final float number : numbers) {
            bytes.putFloat(number);
        }
        return bytes.array();
    }
}
