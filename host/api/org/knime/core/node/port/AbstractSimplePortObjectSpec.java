package org.knime.core.node.port;

import java.io.IOException;
import javax.swing.JComponent;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;

/** A spec that fits into a tree of keys and values. Its class needs a public constructor without parameters. */
public abstract class AbstractSimplePortObjectSpec implements PortObjectSpec {
    protected abstract void save(ModelContentWO model);

    protected abstract void load(ModelContentRO model) throws InvalidSettingsException;

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    /** Specs of one class are equal if they save the same content. */
    @Override
    public boolean equals(final Object other) {
        return other != null
                && other.getClass() == getClass()
                && content().isIdentical(((AbstractSimplePortObjectSpec) other).content());
    }

    @Override
    public int hashCode() {
        return content().toStringValue().hashCode();
    }

    private ModelContent content() {
        final ModelContent content = new ModelContent("content");
        save(content);
        return content;
    }

    /** Writes the content as the zip entry content.xml. */
    public abstract static class AbstractSimplePortObjectSpecSerializer<T extends AbstractSimplePortObjectSpec>
            extends PortObjectSpecSerializer<T> {
        private static final String ENTRY = "content.xml";

        @Override
        public void savePortObjectSpec(final T spec, final PortObjectSpecZipOutputStream out) throws IOException {
            final ModelContent content = ClassContent.of("model.xml", spec);
            spec.save(content.addModelContent("model"));
            ClassContent.write(content, ENTRY, out);
        }

        @Override
        @SuppressWarnings("unchecked")
        public T loadPortObjectSpec(final PortObjectSpecZipInputStream in) throws IOException {
            final ModelContentRO content = ClassContent.read(ENTRY, in);
            final String name = ClassContent.className(content);
            final AbstractSimplePortObjectSpec result = ClassContent.create(
                    name, PortTypeRegistry.getInstance().getSpecClass(name), AbstractSimplePortObjectSpec.class);
            try {
                result.load(content.getModelContent("model"));
            } catch (final InvalidSettingsException e) {
                throw new IOException("Unable to load \"" + name + "\": " + e.getMessage(), e);
            }
            return (T) result;
        }
    }
}
