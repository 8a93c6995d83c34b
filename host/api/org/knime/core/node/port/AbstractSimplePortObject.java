package org.knime.core.node.port;

import java.io.IOException;
import javax.swing.JComponent;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;

/** A port object that fits into a tree of keys and values. Its class needs a public constructor without parameters. */
public abstract class AbstractSimplePortObject implements PortObject {
    protected abstract void save(ModelContentWO model, ExecutionMonitor exec) throws CanceledExecutionException;

    protected abstract void load(ModelContentRO model, PortObjectSpec spec, ExecutionMonitor exec)
            throws InvalidSettingsException, CanceledExecutionException;

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    /** Objects of one class are equal if they save the same content. */
    @Override
    public boolean equals(Object other) {
        return other != null
                && other.getClass() == getClass()
                && content().isIdentical(((AbstractSimplePortObject) other).content());
    }

    @Override
    public int hashCode() {
        return content().toStringValue().hashCode();
    }

    private ModelContent content() {
        ModelContent content = new ModelContent("content");
        try {
            save(content, new ExecutionMonitor());
        } catch (CanceledExecutionException e) {
            throw new IllegalStateException("Nobody can cancel a comparison of port objects.", e);
        }
        return content;
    }

    /** Writes the content as the zip entry content.xml. */
    public abstract static class AbstractSimplePortObjectSerializer<T extends AbstractSimplePortObject>
            extends PortObjectSerializer<T> {
        private static final String ENTRY = "content.xml";

        @Override
        public void savePortObject(T portObject, PortObjectZipOutputStream out, ExecutionMonitor exec)
                throws IOException, CanceledExecutionException {
            ModelContent content = ClassContent.of("model.xml", portObject);
            portObject.save(content.addModelContent("model"), exec);
            ClassContent.write(content, ENTRY, out);
        }

        @Override
        @SuppressWarnings("unchecked")
        public T loadPortObject(PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor exec)
                throws IOException, CanceledExecutionException {
            ModelContentRO content = ClassContent.read(ENTRY, in);
            String name = ClassContent.className(content);
            AbstractSimplePortObject result = ClassContent.create(
                    name, PortTypeRegistry.getInstance().getObjectClass(name), AbstractSimplePortObject.class);
            try {
                result.load(content.getModelContent("model"), spec, exec);
            } catch (InvalidSettingsException e) {
                throw new IOException("Unable to load \"" + name + "\": " + e.getMessage(), e);
            }
            return (T) result;
        }
    }
}
