package org.gradienttape.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.AtomicFile;
import org.gradienttape.file.IfExists;
import org.gradienttape.layer.Network;
import org.gradienttape.model.Model;

/**
 * Writes a trained network as an ONNX file for prediction (onnx.ai). Its <i>input</i> takes float32 samples as the network
 * sees them, scaled, [batch, sample shape] with images channels last, any number of them; its <i>output</i> is [batch, output
 * shape]. The weights have the layers' names, and the file's metadata is what {@link Metadata} says.
 */
public final class OnnxFile {
    /** Of the bundle; a test holds it against the manifest. */
    static final String PRODUCER_VERSION = "0.1.0";

    private static final String PRODUCER = "GradientTape Nodes";
    /** ONNX 1.12, of 2022: what all layers need, and what all runtimes of today read. */
    private static final int OPSET = 17;

    private static final int IR_VERSION = 8;
    /** Of protobuf, in which the whole file is one message. */
    private static final long MOST_BYTES = Integer.MAX_VALUE;
    /** More than names and nodes of a layer take. */
    private static final long BYTES_PER_LAYER = 1 << 14;

    private OnnxFile() {}

    /**
     * Refuses a network that is too large for a file; to be asked before anything is trained.
     *
     * @throws InvalidInputException if it is
     */
    public static void check(final Network network) {
        final long bytes =
                network.parameterCount() * Float.BYTES + network.nodes().size() * BYTES_PER_LAYER;
        if (bytes > MOST_BYTES) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "An ONNX file holds at most 2 GB, but this model would take %.1f GB; choose another format.",
                    bytes / 1e9));
        }
    }

    /** The content of the file. */
    static ModelProto model(final Model model, final BooleanSupplier goOn) {
        check(model.network());
        final Network network = model.network();
        final GraphProto graph = TracedModel.written(
                model,
                "ONNX",
                goOn,
                traced -> OnnxGraph.of(traced, model.weights()::get, network.input(), network.output()));
        return of(graph, Metadata.of(model));
    }

    /** A file that holds the graph. */
    static ModelProto of(final GraphProto graph, final Map<String, String> metadata) {
        final ModelProto.Builder file = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setProducerName(PRODUCER)
                .setProducerVersion(PRODUCER_VERSION)
                .setGraph(graph);
        metadata.forEach((key, value) -> file.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return file.build();
    }

    /** Writes a model that cannot be cancelled meanwhile. */
    public static void write(final Model model, final Path file, final IfExists ifExists) throws IOException {
        write(model, file, ifExists, () -> true);
    }

    /**
     * Writes the file; a failure leaves nothing behind and an existing file untouched.
     *
     * @param goOn asked while layers in Java run; false cancels, which throws a CodeStop
     * @throws InvalidInputException if the file is there and is to stay, a weight is not finite, the model is too large, or
     *     ONNX cannot say what a layer computes
     * @throws IOException if it cannot be written
     */
    public static void write(final Model model, final Path file, final IfExists ifExists, final BooleanSupplier goOn)
            throws IOException {
        model.checkFinite(file);
        AtomicFile.write("The model", file, ifExists, model(model, goOn)::writeTo);
    }
}
