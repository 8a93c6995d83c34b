package org.gradienttape.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.gradienttape.json.JsonFields;
import org.gradienttape.state.RunState;

/** The state of a run as bytes for another process of the same run, in the formats of a checkpoint's entries. */
public final class RunBytes {
    private static final JsonFields.Source SOURCE = new JsonFields.Source("The state of the run", "begin the run anew");

    private RunBytes() {}

    public static byte[] of(final RunState state) {
        try {
            final byte[] values = RunJson.toBytes(state.values());
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            final DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(values.length);
            out.write(values);
            RunArrays.content(state.arrays()).writeTo(out);
            return bytes.toByteArray();
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public static RunState read(final byte[] bytes) {
        try {
            final DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            final var values = RunJson.parse(in.readNBytes(in.readInt()), SOURCE);
            return new RunState(values, RunArrays.read(in, in.available(), SOURCE));
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
