package org.gradienttape.host.port;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.gradienttape.host.api.port.PortDeclaration;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractPortObject;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;

/** A port object with a text. */
public final class NoteObject extends AbstractPortObject {
    private String text;
    private PortObjectSpec spec;

    public NoteObject() {}

    NoteObject(final String text) {
        this.text = text;
        spec = new Spec(text.length());
    }

    static PortDeclaration declaration() {
        return new PortDeclaration(
                "Note", 0x123456, NoteObject.class, new Serializer(), Spec.class, new Spec.Serializer());
    }

    String text() {
        return text;
    }

    @Override
    public PortObjectSpec getSpec() {
        return spec;
    }

    @Override
    public String getSummary() {
        return "Note of " + text.length() + " characters";
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof NoteObject note && note.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    protected void save(final PortObjectZipOutputStream out, final ExecutionMonitor exec) throws IOException {
        out.putNextEntry(new ZipEntry("text"));
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void load(final PortObjectZipInputStream in, final PortObjectSpec readSpec, final ExecutionMonitor exec)
            throws IOException {
        in.getNextEntry();
        text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        spec = readSpec;
    }

    public static final class Serializer extends AbstractPortObjectSerializer<NoteObject> {}

    /** The length of the text. */
    public static final class Spec extends AbstractSimplePortObjectSpec {
        private int length;

        public Spec() {}

        Spec(final int length) {
            this.length = length;
        }

        @Override
        protected void save(final ModelContentWO model) {
            model.addInt("length", length);
        }

        @Override
        protected void load(final ModelContentRO model) throws InvalidSettingsException {
            length = model.getInt("length");
        }

        public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<Spec> {}
    }
}
