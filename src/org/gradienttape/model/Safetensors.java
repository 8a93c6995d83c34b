package org.gradienttape.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gradienttape.file.AtomicFile;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.layer.Weights;

/**
 * The entry weights.safetensors: the length of the header as eight bytes, lowest first; the header, a JSON object of
 * name to dtype, shape and data_offsets; the numbers, little-endian, without gaps (huggingface.co/docs/safetensors).
 */
final class Safetensors {
    private static final int MOST_HEADER_BYTES = 1 << 24;
    private static final int ALIGNMENT = 8;
    private static final int FLOATS_PER_CHUNK = 1 << 14;

    private Safetensors() {}

    /** One line of the header. */
    private record Tensor(String name, long begin, long end) {}

    /** What is written, as often as it is asked for. */
    static AtomicFile.Content content(final Network network, final Weights weights) {
        final byte[] header = header(network);
        return out -> {
            out.write(littleEndian(Long.BYTES).putLong(header.length).array());
            out.write(header);
            final ByteBuffer chunk = littleEndian(FLOATS_PER_CHUNK * Float.BYTES);
            for (final String name : weights.names()) {
                writeNumbers(weights.view(name), chunk, out);
            }
        };
    }

    /**
     * Reads the weights of a network.
     *
     * @param size how many bytes the stream holds
     */
    static Weights read(final Network network, final InputStream in, final long size, final JsonFields.Source source)
            throws IOException {
        final long length = littleEndian(bytes(in, Long.BYTES, source)).getLong();
        if (length < 2 || length > MOST_HEADER_BYTES || length > size - Long.BYTES) {
            throw source.error("weights.safetensors should declare a header of 2 to " + MOST_HEADER_BYTES
                    + " bytes that fits into its " + size + " bytes, but it declares " + Long.toUnsignedString(length));
        }
        final JsonFields header = JsonFields.parse(bytes(in, (int) length, source), source);
        source.check(() -> Weights.checkMemory(network));
        final Map<String, float[]> values = new HashMap<>();
        for (final Tensor tensor : tensors(network, header, size - Long.BYTES - length, source)) {
            values.put(tensor.name(), readNumbers((int) ((tensor.end() - tensor.begin()) / Float.BYTES), in, source));
        }
        final Weights weights = Weights.taking(network, values);
        weights.whyUnusable().ifPresent(broken -> {
            throw source.error(broken);
        });
        return weights;
    }

    private static byte[] header(final Network network) {
        final JsonObject header = new JsonObject();
        long begin = 0;
        for (final Map.Entry<String, Shape> weight : shapes(network).entrySet()) {
            final JsonObject tensor = new JsonObject();
            tensor.addProperty("dtype", "F32");
            tensor.add("shape", LayerFormat.toJson(weight.getValue()));
            final JsonArray offsets = new JsonArray();
            offsets.add(begin);
            begin += (long) weight.getValue().size() * Float.BYTES;
            offsets.add(begin);
            tensor.add("data_offsets", offsets);
            header.add(weight.getKey(), tensor);
        }
        final String text = header.toString();
        final int padding = Math.floorMod(-text.getBytes(StandardCharsets.UTF_8).length, ALIGNMENT);
        return (text + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
    }

    /** The tensors in the order of their numbers, checked against the network and the file. */
    private static List<Tensor> tensors(
            final Network network, final JsonFields header, final long dataBytes, final JsonFields.Source source) {
        final Map<String, Shape> expected = shapes(network);
        if (!header.names().equals(expected.keySet())) {
            throw source.error("weights.safetensors should hold the weights " + expected.keySet() + ", but it holds "
                    + header.names());
        }
        final List<Tensor> tensors = expected.entrySet().stream()
                .map(weight -> tensor(weight.getKey(), weight.getValue(), header.object(weight.getKey()), dataBytes))
                .sorted(Comparator.comparingLong(Tensor::begin))
                .toList();
        long end = 0;
        for (final Tensor tensor : tensors) {
            if (tensor.begin() != end) {
                throw source.error("the numbers of " + tensor.name() + " should start at byte " + end
                        + " of the data, but they start at " + tensor.begin());
            }
            end = tensor.end();
        }
        if (end != dataBytes) {
            throw source.error("weights.safetensors should have " + end + " bytes of numbers, but it has " + dataBytes);
        }
        return tensors;
    }

    private static Tensor tensor(final String name, final Shape shape, final JsonFields json, final long dataBytes) {
        if (!json.string("dtype").equals("F32")) {
            throw json.error("dtype", "F32", json.string("dtype"));
        }
        final List<Long> sizes = json.integers("shape", 0, Integer.MAX_VALUE);
        if (!sizes.equals(shape.dimensions().stream().map(Integer::longValue).toList())) {
            throw json.error(
                    "shape",
                    shape.toString(),
                    sizes.stream().map(String::valueOf).collect(Collectors.joining(" x ")));
        }
        final List<Long> offsets = json.integers("data_offsets", 0, dataBytes);
        final long bytes = (long) shape.size() * Float.BYTES;
        if (offsets.size() != 2 || offsets.get(1) - offsets.get(0) != bytes) {
            throw json.error("data_offsets", "two numbers that are " + bytes + " apart", offsets.toString());
        }
        json.finish();
        return new Tensor(name, offsets.get(0), offsets.get(1));
    }

    /** Shapes by weight name, in the network's order. */
    private static Map<String, Shape> shapes(final Network network) {
        final Map<String, Shape> shapes = new LinkedHashMap<>();
        for (final Network.Node node : network.nodes()) {
            for (final WeightSpec weight : node.weights()) {
                shapes.put(node.weightName(weight), weight.shape());
            }
        }
        return shapes;
    }

    private static void writeNumbers(final FloatBuffer numbers, final ByteBuffer chunk, final OutputStream out)
            throws IOException {
        while (numbers.hasRemaining()) {
            final int count = Math.min(FLOATS_PER_CHUNK, numbers.remaining());
            chunk.asFloatBuffer().put(0, numbers, numbers.position(), count);
            numbers.position(numbers.position() + count);
            out.write(chunk.array(), 0, count * Float.BYTES);
        }
    }

    private static float[] readNumbers(final int size, final InputStream in, final JsonFields.Source source)
            throws IOException {
        final float[] numbers = new float[size];
        for (int from = 0; from < size; from += FLOATS_PER_CHUNK) {
            final int count = Math.min(FLOATS_PER_CHUNK, size - from);
            littleEndian(bytes(in, count * Float.BYTES, source)).asFloatBuffer().get(numbers, from, count);
        }
        return numbers;
    }

    private static byte[] bytes(final InputStream in, final int count, final JsonFields.Source source)
            throws IOException {
        final byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw source.error("weights.safetensors should go on, but it ends before its declared size");
        }
        return bytes;
    }

    private static ByteBuffer littleEndian(final int size) {
        return littleEndian(new byte[size]);
    }

    private static ByteBuffer littleEndian(final byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
