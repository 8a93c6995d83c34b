package org.gradienttape.pretrained;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FileTrouble;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.layer.Weights;

/**
 * The weights of a network from a safetensors file of another program (huggingface.co/docs/safetensors), by the names that
 * they have there. What the file holds beside them is left alone.
 */
public final class NamedWeights {
    private static final int MOST_HEADER_BYTES = 1 << 24;
    private static final int BYTES_PER_CHUNK = 1 << 16;
    private static final int MOST_NAMED = 20;
    private static final String METADATA = "__metadata__";

    private NamedWeights() {}

    /**
     * Reads the weights.
     *
     * @param names the name in the file by the name of our weight, for example "fc1.weight" by "dense/kernel"; a weight that is
     *     not among them has the same name in the file
     * @throws InvalidInputException if the file is not there or damaged, or a weight is missing or has another shape there;
     *     names the weight
     * @throws IOException if it cannot be read
     */
    public static Weights read(
            final Path file, final Network network, final Map<String, String> names, final Layout layout)
            throws IOException {
        FileTrouble.expectFile("A file of weights", file);
        final JsonFields.Source source = new JsonFields.Source(
                "The weight file " + file, "correct the table of names, or choose another file or network");
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            final long length = header(channel, source);
            final JsonFields header = JsonFields.parse(bytes(channel, (int) length, source), source);
            checkNames(network, names, source);
            source.check(() -> Weights.checkMemory(network));
            final Map<String, float[]> values = new HashMap<>();
            for (final Network.Node node : network.nodes()) {
                for (final WeightSpec weight : node.weights()) {
                    final String name = node.weightName(weight);
                    final Tensor tensor = tensor(
                            header,
                            names.getOrDefault(name, name),
                            name,
                            layout.sizes(node, weight),
                            channel.size() - Long.BYTES - length,
                            source);
                    channel.position(Long.BYTES + length + tensor.begin());
                    values.put(
                            name,
                            layout.ours(
                                    node,
                                    weight,
                                    numbers(channel, weight.shape().size(), tensor.type(), source)));
                }
            }
            final Weights weights = Weights.taking(network, values);
            weights.whyUnusable().ifPresent(broken -> {
                throw source.error(broken);
            });
            return weights;
        } catch (final IOException trouble) {
            throw FileTrouble.reading("The weights", file, trouble);
        }
    }

    private static long header(final SeekableByteChannel channel, final JsonFields.Source source) throws IOException {
        final long length = ByteBuffer.wrap(bytes(channel, Long.BYTES, source))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (length < 2 || length > MOST_HEADER_BYTES || length > channel.size() - Long.BYTES) {
            throw source.error("a header of 2 to " + MOST_HEADER_BYTES + " bytes was expected, but it declares "
                    + Long.toUnsignedString(length));
        }
        return length;
    }

    private static void checkNames(
            final Network network, final Map<String, String> names, final JsonFields.Source source) {
        final Set<String> ours = network.nodes().stream()
                .flatMap(node -> node.weights().stream().map(node::weightName))
                .collect(Collectors.toSet());
        for (final String name : names.keySet()) {
            if (!ours.contains(name)) {
                throw source.error("the weights " + ours.stream().sorted().collect(Collectors.joining(", "))
                        + " were expected in the table of names, but it has " + name);
            }
        }
    }

    /** Where the numbers of a weight begin, and what they are. */
    private record Tensor(long begin, NumberType type) {}

    private static Tensor tensor(
            final JsonFields header,
            final String name,
            final String weight,
            final List<Long> sizes,
            final long dataBytes,
            final JsonFields.Source source) {
        if (name.equals(METADATA) || !header.has(name)) {
            final List<String> there = header.names().stream()
                    .filter(other -> !other.equals(METADATA))
                    .sorted()
                    .toList();
            throw source.error("the weight " + weight + " was expected under the name " + name + ", but it holds "
                    + String.join(", ", there.subList(0, Math.min(MOST_NAMED, there.size())))
                    + (there.size() > MOST_NAMED ? " and others" : ""));
        }
        final JsonFields json = header.object(name);
        final List<Long> found = json.integers("shape", 0, Integer.MAX_VALUE);
        if (!found.equals(sizes)) {
            throw source.error(
                    name + ", the weight " + weight + ", should be " + text(sizes) + ", but it is " + text(found));
        }
        final NumberType type = NumberType.of(json.string("dtype"))
                .orElseThrow(() -> json.error("dtype", NumberType.names(), json.string("dtype")));
        final List<Long> offsets = json.integers("data_offsets", 0, dataBytes);
        final long bytes = sizes.stream().reduce((long) type.bytes(), (a, b) -> a * b);
        if (offsets.size() != 2 || offsets.get(1) - offsets.get(0) != bytes) {
            throw json.error("data_offsets", "two numbers that are " + bytes + " apart", offsets.toString());
        }
        return new Tensor(offsets.get(0), type);
    }

    private static String text(final List<Long> sizes) {
        return sizes.isEmpty()
                ? "a scalar"
                : sizes.stream().map(String::valueOf).collect(Collectors.joining(" x "));
    }

    private static float[] numbers(
            final SeekableByteChannel channel, final int size, final NumberType type, final JsonFields.Source source)
            throws IOException {
        final float[] numbers = new float[size];
        final int most = BYTES_PER_CHUNK / type.bytes();
        for (int from = 0; from < size; from += most) {
            final int count = Math.min(most, size - from);
            final ByteBuffer chunk = ByteBuffer.wrap(bytes(channel, count * type.bytes(), source))
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) {
                numbers[from + i] = type.next(chunk);
            }
        }
        return numbers;
    }

    private static byte[] bytes(final SeekableByteChannel channel, final int count, final JsonFields.Source source)
            throws IOException {
        if (channel.position() > channel.size() - count) {
            throw source.error("it should go on, but it ends before its declared size");
        }
        final ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // until it is full
        }
        return buffer.array();
    }
}
