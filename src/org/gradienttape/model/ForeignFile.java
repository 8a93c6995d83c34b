package org.gradienttape.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Tells models of other libraries by their first bytes or, if they are zip files, by their entries. */
public final class ForeignFile {
    private static final int START = 16;
    private static final String ZIP = "PK";
    private static final String HDF5 = "894844460d0a1a0a";
    private static final String KERAS_WEIGHTS = "model.weights.h5";

    /** Models of other libraries that can be read. */
    public enum Kind {
        /** A Keras model (.keras). */
        KERAS,
        /** Weights in HDF5, as Keras writes them (.weights.h5). */
        HDF5,
        /** Weights with names of another program (.safetensors). */
        SAFETENSORS,
        /** Any other file. */
        OTHER
    }

    private ForeignFile() {}

    /**
     * What a file is, by its content; a damaged zip by its name. A file that is not there is another one.
     *
     * @throws IOException if it cannot be read
     */
    public static Kind kind(final Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Kind.OTHER;
        }
        if (file.toString().endsWith(".keras")) {
            return Kind.KERAS;
        }
        final byte[] start = start(file);
        if (HexFormat.of().formatHex(start).startsWith(HDF5)) {
            return Kind.HDF5;
        }
        if (isSafetensors(start, Files.size(file))) {
            return Kind.SAFETENSORS;
        }
        if (has(start, 0, ZIP)) {
            try (ZipFile zip = new ZipFile(file.toFile())) {
                return zip.getEntry(KERAS_WEIGHTS) != null ? Kind.KERAS : Kind.OTHER;
            } catch (final ZipException damaged) {
                return Kind.OTHER;
            }
        }
        return Kind.OTHER;
    }

    private static byte[] start(final Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(START);
        }
    }

    /** What a file is that cannot be opened as a zip file, for a sentence; empty if it begins as one and so may be cut off. */
    static Optional<String> what(final Path file) throws IOException {
        final byte[] start = start(file);
        final String hex = HexFormat.of().formatHex(start);
        if (hex.startsWith(HDF5)) {
            return Optional.of("an HDF5 file, such as a Keras model (.h5)");
        }
        if (isSafetensors(start, Files.size(file))) {
            return Optional.of("a safetensors file, which holds weights but no network");
        }
        if (hex.matches("080[1-9a-f](12|1a|22|2a|32|3a|42).*")) { // ir_version, then another field of ModelProto
            return Optional.of("an ONNX or TensorFlow model");
        }
        if (hex.matches("800[1-5].*")) {
            return Optional.of("a Python pickle, such as a PyTorch model (.pt, .pth), which may run any code");
        }
        if (has(start, 4, "TFL3")) {
            return Optional.of("a TensorFlow Lite model (.tflite)");
        }
        if (has(start, 0, "GGUF")) {
            return Optional.of("a GGUF model");
        }
        if (has(start, 0, "<?xml")) {
            return Optional.of("an XML file, such as a PMML model");
        }
        return start.length < ZIP.length() || has(start, 0, ZIP) ? Optional.empty() : Optional.of("no zip file at all");
    }

    /** What a zip file with these entries is, for a sentence; empty if they say nothing. */
    static Optional<String> what(final Collection<String> entries) {
        if (entries.contains(KERAS_WEIGHTS) && entries.contains("config.json")) {
            return Optional.of("a Keras model (.keras)");
        }
        if (entries.stream().anyMatch(name -> name.equals("data.pkl") || name.endsWith("/data.pkl"))) {
            return Optional.of("a PyTorch model (.pt, .pth)");
        }
        if (!entries.isEmpty() && entries.stream().allMatch(name -> name.endsWith(".npy"))) {
            return Optional.of("a NumPy archive (.npz)");
        }
        return entries.stream().anyMatch(name -> name.endsWith("/workflow.knime") || name.equals("workflow.knime"))
                ? Optional.of("a KNIME workflow (.knwf)")
                : Optional.empty();
    }

    /** The length of a JSON object that fits into the file, then that object. */
    private static boolean isSafetensors(final byte[] start, final long size) {
        if (start.length < START || start[Long.BYTES] != '{') {
            return false;
        }
        final long length =
                ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return length > 1 && length <= size - Long.BYTES;
    }

    private static boolean has(final byte[] start, final int from, final String text) {
        final byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        return start.length >= from + wanted.length
                && ByteBuffer.wrap(start, from, wanted.length).equals(ByteBuffer.wrap(wanted));
    }
}
