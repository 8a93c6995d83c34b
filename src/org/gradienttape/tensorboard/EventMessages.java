package org.gradienttape.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.gradienttape.layer.Shape;

/**
 * Events as protobuf messages. The numbers of the fields are those of TensorFlow's event.proto, summary.proto, graph.proto
 * and attr_value.proto; a test reads all of it with the classes that TensorFlow makes of these.
 */
final class EventMessages {
    private static final int SESSION_START = 1;
    /** The version of graphs that every reader of today takes. */
    private static final int GRAPH_VERSION = 22;
    /** The attribute in which TensorBoard looks for what to write beside the lines. */
    private static final String SHAPES = "_output_shapes";

    private EventMessages() {}

    /** Writes the fields of a message. */
    @FunctionalInterface
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    /** Seconds since 1970. */
    static double now() {
        return System.currentTimeMillis() / 1e3;
    }

    static byte[] version(final String version) {
        return event(0, out -> out.writeString(3, version));
    }

    /** The run begins, or goes on: readers drop what they have of this step and all behind it. */
    static byte[] start(final long step) {
        return event(step, out -> out.writeByteArray(7, message(log -> log.writeEnum(1, SESSION_START))));
    }

    /** Numbers of one step, by their tags. */
    static byte[] scalars(final long step, final Map<String, Double> numbers) {
        return summary(step, out -> {
            for (final Map.Entry<String, Double> number : numbers.entrySet()) {
                out.writeByteArray(1, message(value -> {
                    value.writeString(1, number.getKey());
                    value.writeFloat(2, number.getValue().floatValue());
                }));
            }
        });
    }

    /** An image of one step. */
    static byte[] image(final long step, final String tag, final Shape shape, final byte[] png) {
        return summary(
                step,
                out -> out.writeByteArray(1, message(value -> {
                    value.writeString(1, tag);
                    value.writeByteArray(4, message(image -> {
                        image.writeInt32(1, shape.dimension(0));
                        image.writeInt32(2, shape.dimension(1));
                        image.writeInt32(3, shape.last());
                        image.writeByteArray(4, png);
                    }));
                })));
    }

    /** The network, as it is drawn. */
    static byte[] graph(final List<GraphNode> nodes) {
        return event(
                0,
                out -> out.writeByteArray(4, message(graph -> {
                    for (final GraphNode node : nodes) {
                        graph.writeByteArray(1, node(node));
                    }
                    graph.writeByteArray(4, message(versions -> versions.writeInt32(1, GRAPH_VERSION)));
                })));
    }

    private static byte[] node(final GraphNode node) {
        return message(out -> {
            out.writeString(1, node.name());
            out.writeString(2, node.type());
            for (final String input : node.inputs()) {
                out.writeString(3, input);
            }
            out.writeByteArray(5, message(attribute -> {
                attribute.writeString(1, SHAPES);
                attribute.writeByteArray(
                        2,
                        message(value -> value.writeByteArray(
                                1, message(list -> list.writeByteArray(7, shape(node.output()))))));
            }));
        });
    }

    /** [batch, sample shape], where any batch is -1. */
    private static byte[] shape(final Shape sample) {
        return message(out -> {
            out.writeByteArray(2, message(size -> size.writeInt64(1, -1)));
            for (final int dimension : sample.dimensions()) {
                out.writeByteArray(2, message(size -> size.writeInt64(1, dimension)));
            }
        });
    }

    private static byte[] summary(final long step, final Fields values) {
        return event(step, out -> out.writeByteArray(5, message(values)));
    }

    private static byte[] event(final long step, final Fields content) {
        return message(out -> {
            out.writeDouble(1, now());
            out.writeInt64(2, step);
            content.write(out);
        });
    }

    private static byte[] message(final Fields fields) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
