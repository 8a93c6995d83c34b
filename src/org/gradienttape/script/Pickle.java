package org.gradienttape.script;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedList;
import java.util.List;
import org.gradienttape.layer.Shape;

/**
 * Writes a module's attributes in the subset of Python's pickle protocol 2 that a TorchScript archive needs
 * (docs.python.org/3/library/pickletools.html). Writing only: nothing in this project ever reads a pickle.
 */
final class Pickle {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Pickle() {}

    /** An object of the class, whose attributes are the tensors; the n-th tensor's numbers lie in the entry data/n. */
    static byte[] module(final String className, final List<ScriptTensor> tensors) {
        final Pickle pickle = new Pickle();
        pickle.code("\u0080\u0002").global("__torch__", className).code(")\u0081}("); // new object, its state
        for (int i = 0; i < tensors.size(); i++) {
            pickle.text(tensors.get(i).name()).tensor(i, tensors.get(i));
        }
        return pickle.code("ub.").bytes.toByteArray(); // set items, build, stop
    }

    /** Of no constants: an empty tuple. */
    static byte[] nothing() {
        return new Pickle().code("\u0080\u0002).").bytes.toByteArray();
    }

    private void tensor(final int number, final ScriptTensor tensor) {
        global("torch._utils", "_rebuild_tensor_v2").code("((");
        text("storage")
                .global("torch", "FloatStorage")
                .text(String.valueOf(number))
                .text("cpu");
        integer(tensor.values().length).code("tQ"); // the storage, by its persistent id
        integer(0); // offset
        tuple(tensor.shape().dimensions());
        tuple(strides(tensor.shape()));
        code(tensor.role() == ScriptTensor.Role.PARAMETER ? "\u0088" : "\u0089"); // requires a gradient: true, false
        global("collections", "OrderedDict").code(")RtR");
    }

    private void tuple(final List<Integer> numbers) {
        code("(");
        numbers.forEach(this::integer);
        code("t");
    }

    /** Of row-major numbers: how many lie between two neighbours along each axis. */
    private static List<Integer> strides(final Shape shape) {
        final LinkedList<Integer> strides = new LinkedList<>();
        int stride = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            strides.addFirst(stride);
            stride *= shape.dimension(axis);
        }
        return strides;
    }

    private Pickle global(final String module, final String name) {
        return code("c" + module + "\n" + name + "\n");
    }

    private Pickle text(final String text) {
        final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytes.write('X');
        bytes.writeBytes(littleEndian(utf8.length));
        bytes.writeBytes(utf8);
        return this;
    }

    private Pickle integer(final int number) {
        bytes.write('J');
        bytes.writeBytes(littleEndian(number));
        return this;
    }

    private Pickle code(final String opcodes) {
        bytes.writeBytes(opcodes.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    private static byte[] littleEndian(final int number) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }
}
