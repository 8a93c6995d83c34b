package org.gradienttape.host.port;

import org.gradienttape.host.api.port.PortDeclaration;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObject;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;
import org.knime.core.node.port.PortObjectSpec;

/** A port object with a text. */
public final class NoteObject extends AbstractSimplePortObject {
    private String text;
    private PortObjectSpec spec;

    public NoteObject() {}

    NoteObject(String text) {
        this.text = text;
        spec = new Spec(text.length());
    }

    static PortDeclaration declaration() {
        return new PortDeclaration(
                "Note", 0x123456, false, NoteObject.class, new Serializer(), Spec.class, new Spec.Serializer());
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
    protected void save(ModelContentWO model, ExecutionMonitor exec) {
        model.addString("text", text);
    }

    @Override
    protected void load(ModelContentRO model, PortObjectSpec readSpec, ExecutionMonitor exec)
            throws InvalidSettingsException {
        text = model.getString("text");
        spec = readSpec;
    }

    public static final class Serializer extends AbstractSimplePortObjectSerializer<NoteObject> {}

    /** The length of the text. */
    public static final class Spec extends AbstractSimplePortObjectSpec {
        private int length;

        public Spec() {}

        Spec(int length) {
            this.length = length;
        }

        @Override
        protected void save(ModelContentWO model) {
            model.addInt("length", length);
        }

        @Override
        protected void load(ModelContentRO model) throws InvalidSettingsException {
            length = model.getInt("length");
        }

        public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<Spec> {}
    }
}
