package org.gradienttape.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.file.AtomicFile;
import org.gradienttape.json.JsonFields;

/**
 * The entry run.safetensors of a checkpoint: the arrays of a run's state, each of one dimension, in the format of
 * {@link Safetensors}.
 */
final class RunArrays {
    private static final int MOST_HEADER_BYTES = 1 << 26;
    private static final int ALIGNMENT = 8;
    private static final int BYTES_PER_CHUNK = 1 << 16;

    private RunArrays() {}

    /** What the numbers of an array are. */
    private enum Type {
        F32(float[].class, Float.BYTES),
        F64(double[].class, Double.BYTES),
        I64(long[].class, Long.BYTES),
        U8(byte[].class, Byte.BYTES);

        private final Class<?> array;
        private final int bytes;

        Type(final Class<?> array, final int bytes) {
            this.array = array;
            this.bytes = bytes;
        }

        static Type of(final Object array) {
            for (final Type type : values()) {
                if (type.array.isInstance(array)) {
                    return type;
                }
            }
            throw new IllegalArgumentException("no array of a run is a " + array.getClass());
        }

        /** Copies a part of an array behind the bytes that are there. */
        void copy(final Object from, final int first, final int count, final ByteBuffer to) {
            switch (this) {
                case F32 -> to.asFloatBuffer().put((float[]) from, first, count);
                case F64 -> to.asDoubleBuffer().put((double[]) from, first, count);
                case I64 -> to.asLongBuffer().put((long[]) from, first, count);
                case U8 -> to.put((byte[]) from, first, count);
            }
        }

        void copy(final ByteBuffer from, final Object to, final int first, final int count) {
            switch (this) {
                case F32 -> from.asFloatBuffer().get((float[]) to, first, count);
                case F64 -> from.asDoubleBuffer().get((double[]) to, first, count);
                case I64 -> from.asLongBuffer().get((long[]) to, first, count);
                case U8 -> from.get((byte[]) to, first, count);
            }
        }
    }

    /** What is written, as often as it is asked for. */
    static AtomicFile.Content content(final Map<String, Object> arrays) {
        final byte[] header = header(arrays);
        return out -> {
            out.write(buffer(Long.BYTES).putLong(header.length).array());
            out.write(header);
            final ByteBuffer chunk = buffer(BYTES_PER_CHUNK);
            for (final Object array : arrays.values()) {
                write(array, chunk, out);
            }
        };
    }

    private static void write(final Object array, final ByteBuffer chunk, final OutputStream out) throws IOException {
        final Type type = Type.of(array);
        final int size = Array.getLength(array);
        final int most = BYTES_PER_CHUNK / type.bytes;
        for (int from = 0; from < size; from += most) {
            final int count = Math.min(most, size - from);
            type.copy(array, from, count, chunk.clear());
            out.write(chunk.array(), 0, count * type.bytes);
        }
    }

    /**
     * @param size how many bytes the stream holds
     */
    static Map<String, Object> read(final InputStream in, final long size, final JsonFields.Source source)
            throws IOException {
        final long length = ByteBuffer.wrap(bytes(in, Long.BYTES, source))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (length < 2 || length > MOST_HEADER_BYTES || length > size - Long.BYTES) {
            throw source.error("run.safetensors should declare a header of 2 to " + MOST_HEADER_BYTES
                    + " bytes that fits into its " + size + " bytes, but it declares " + Long.toUnsignedString(length));
        }
        final JsonFields header = JsonFields.parse(bytes(in, (int) length, source), source);
        final long dataBytes = size - Long.BYTES - length;
        final Map<String, Object> arrays = new LinkedHashMap<>();
        long end = 0;
        for (final String name : header.names()) {
            final JsonFields described = header.object(name);
            final Type type = type(described);
            final List<Long> shape = described.integers("shape", 0, Integer.MAX_VALUE);
            final List<Long> offsets = described.integers("data_offsets", 0, dataBytes);
            described.finish();
            if (shape.size() != 1 || !offsets.equals(List.of(end, end + shape.get(0) * type.bytes))) {
                throw described.error("data_offsets", "those of the numbers behind byte " + end, offsets.toString());
            }
            end = offsets.get(1);
            arrays.put(name, readArray(type, shape.get(0).intValue(), in, source));
        }
        if (end != dataBytes) {
            throw source.error("run.safetensors should have " + end + " bytes of numbers, but it has " + dataBytes);
        }
        return arrays;
    }

    private static Type type(final JsonFields described) {
        final String name = described.string("dtype");
        return Arrays.stream(Type.values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> described.error("dtype", "one of " + List.of(Type.values()), name));
    }

    private static Object readArray(
            final Type type, final int size, final InputStream in, final JsonFields.Source source) throws IOException {
        final Object array = Array.newInstance(type.array.getComponentType(), size);
        final int most = BYTES_PER_CHUNK / type.bytes;
        for (int from = 0; from < size; from += most) {
            final int count = Math.min(most, size - from);
            final byte[] bytes = bytes(in, count * type.bytes, source);
            type.copy(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), array, from, count);
        }
        return array;
    }

    private static byte[] header(final Map<String, Object> arrays) {
        final JsonObject header = new JsonObject();
        long begin = 0;
        for (final Map.Entry<String, Object> array : arrays.entrySet()) {
            final Type type = Type.of(array.getValue());
            final long size = Array.getLength(array.getValue());
            final JsonObject described = new JsonObject();
            described.addProperty("dtype", type.name());
            described.add("shape", list(size));
            described.add("data_offsets", list(begin, begin + size * type.bytes));
            begin += size * type.bytes;
            header.add(array.getKey(), described);
        }
        final String text = header.toString();
        final int padding = Math.floorMod(-text.getBytes(StandardCharsets.UTF_8).length, ALIGNMENT);
        return (text + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonArray list(final long... numbers) {
        final JsonArray list = new JsonArray();
        for (final long number : numbers) {
            list.add(number);
        }
        return list;
    }

    private static byte[] bytes(final InputStream in, final int count, final JsonFields.Source source)
            throws IOException {
        final byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw source.error("run.safetensors should go on, but it ends before its declared size");
        }
        return bytes;
    }

    private static ByteBuffer buffer(final int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
