package org.gradienttape.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript module without tensors as the engine loads it: a zip of code text and a pickled, empty object
 * (github.com/pytorch/pytorch/blob/main/torch/csrc/jit/docs/serialization.md).
 *
 * @param className of the module
 * @param methods its code, each line with a line break at its end
 */
record ScriptArchive(String className, String methods) {
    private static final String FOLDER = "function/";
    /** Pickle protocol 2, an empty tuple, end. */
    private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

    byte[] toBytes() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
            add(zip, "data.pkl", object());
            add(zip, "constants.pkl", NO_CONSTANTS);
            add(zip, "code/__torch__.py", code().getBytes(StandardCharsets.UTF_8));
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Pickle protocol 2: a new object of the class, with an empty dictionary as its state. */
    private byte[] object() {
        return ("\u0080\u0002c__torch__\n" + className + "\n)\u0081}b.").getBytes(StandardCharsets.ISO_8859_1);
    }

    private String code() {
        return "class " + className + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n" + methods.indent(2);
    }

    private static void add(final ZipOutputStream zip, final String name, final byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(FOLDER + name));
        zip.write(content);
        zip.closeEntry();
    }
}
