package org.gradienttape.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript module: code and the tensors that it owns. Its archive, which libtorch, DJL and Python's
 * {@code torch.jit.load} read, is a zip of the code as text, a pickled object with the module's attributes, and the
 * tensors' raw numbers (github.com/pytorch/pytorch/blob/main/torch/csrc/jit/docs/serialization.md).
 *
 * @param className of the module; also the archive's top folder
 * @param tensors its attributes, parameters and buffers
 * @param methods its code, each line with a line break at its end
 * @param extra further texts by name, which libtorch gives to those who ask for them
 */
public record ScriptModule(
        String className, List<ScriptTensor> tensors, String methods, SortedMap<String, String> extra) {
    private static final int INDENT = 2;
    /** Of the operators: what PyTorch has written since 1.12; older numbers stand for older arguments. */
    private static final String VERSION = "10\n";
    /** Numbers that are written at a time. */
    private static final int CHUNK = 1 << 16;

    public ScriptModule {
        tensors = List.copyOf(tensors);
        extra = Collections.unmodifiableSortedMap(new TreeMap<>(extra));
    }

    /** Code alone. */
    public ScriptModule(final String className, final String methods) {
        this(className, List.of(), methods, new TreeMap<>());
    }

    /** The module as one file in memory. */
    public byte[] toBytes() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(bytes);
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Writes the archive; the stream stays open. */
    public void write(final OutputStream out) throws IOException {
        final ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.NO_COMPRESSION); // numbers do not become smaller, but that takes seconds
        add(zip, "version", VERSION.getBytes(StandardCharsets.US_ASCII));
        add(zip, "data.pkl", Pickle.module(className, tensors));
        add(zip, "constants.pkl", Pickle.nothing());
        add(zip, "code/__torch__.py", code().getBytes(StandardCharsets.UTF_8));
        for (final Map.Entry<String, String> text : extra.entrySet()) {
            add(zip, "extra/" + text.getKey(), text.getValue().getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i < tensors.size(); i++) {
            open(zip, "data/" + i);
            writeLittleEndian(tensors.get(i).values(), zip);
            zip.closeEntry();
        }
        zip.finish();
    }

    /** The text of the whole class. */
    public String code() {
        return "class " + className + "(Module):\n"
                + "  __parameters__ = " + names(tensor -> tensor.role() == ScriptTensor.Role.PARAMETER) + "\n"
                + "  __buffers__ = " + names(tensor -> tensor.role() == ScriptTensor.Role.BUFFER) + "\n"
                + tensors.stream()
                        .map(tensor -> "  " + tensor.name() + " : Tensor\n")
                        .collect(Collectors.joining())
                + methods.indent(INDENT);
    }

    private String names(final Predicate<ScriptTensor> which) {
        return tensors.stream()
                .filter(which)
                .map(tensor -> "\"" + tensor.name() + "\", ")
                .collect(Collectors.joining("", "[", "]"));
    }

    private void add(final ZipOutputStream zip, final String name, final byte[] content) throws IOException {
        open(zip, name);
        zip.write(content);
        zip.closeEntry();
    }

    private void open(final ZipOutputStream zip, final String name) throws IOException {
        final ZipEntry entry = new ZipEntry(className.toLowerCase(Locale.ROOT) + "/" + name);
        entry.setTime(0);
        zip.putNextEntry(entry);
    }

    private static void writeLittleEndian(final float[] values, final OutputStream out) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += CHUNK) {
            final int count = Math.min(CHUNK, values.length - from);
            bytes.asFloatBuffer().put(values, from, count);
            out.write(bytes.array(), 0, count * Float.BYTES);
        }
    }
}
