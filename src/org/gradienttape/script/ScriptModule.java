package org.gradienttape.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
 */
public record ScriptModule(String className, List<ScriptTensor> tensors, String methods) {
    private static final int INDENT = 2;
    /** Of the operators: what PyTorch has written since 1.12; older numbers stand for older arguments. */
    private static final String VERSION = "10\n";

    public ScriptModule {
        tensors = List.copyOf(tensors);
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
        add(zip, "version", VERSION.getBytes(StandardCharsets.US_ASCII));
        add(zip, "data.pkl", Pickle.module(className, tensors));
        add(zip, "constants.pkl", Pickle.nothing());
        add(zip, "code/__torch__.py", code().getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < tensors.size(); i++) {
            add(zip, "data/" + i, littleEndian(tensors.get(i).values()));
        }
        zip.finish();
    }

    /** The text of the whole class. */
    public String code() {
        return "class " + className + "(Module):\n"
                + "  __parameters__ = " + names(tensor -> tensor.role() != ScriptTensor.Role.STATE) + "\n"
                + "  __buffers__ = " + names(tensor -> tensor.role() == ScriptTensor.Role.STATE) + "\n"
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
        final ZipEntry entry = new ZipEntry(className.toLowerCase(Locale.ROOT) + "/" + name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] littleEndian(final float[] values) {
        final ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
