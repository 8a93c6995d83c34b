package org.knime.core.node.port;

import java.io.IOException;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/** A port object that writes its own zip entries. Its class needs a public constructor without parameters. */
public abstract class AbstractPortObject implements PortObject {
    protected abstract void save(PortObjectZipOutputStream out, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException;

    protected abstract void load(PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException;

    /** Writes the class as the zip entry meta.xml, then what the object writes. */
    public abstract static class AbstractPortObjectSerializer<T extends AbstractPortObject>
            extends PortObjectSerializer<T> {
        private static final String ENTRY = "meta.xml";

        @Override
        public void savePortObject(final T portObject, final PortObjectZipOutputStream out, final ExecutionMonitor exec)
                throws IOException, CanceledExecutionException {
            ClassContent.write(ClassContent.of(ENTRY, portObject), ENTRY, out);
            portObject.save(out, exec);
        }

        @Override
        @SuppressWarnings("unchecked")
        public T loadPortObject(
                final PortObjectZipInputStream in, final PortObjectSpec spec, final ExecutionMonitor exec)
                throws IOException, CanceledExecutionException {
            final String name = ClassContent.className(ClassContent.read(ENTRY, in));
            final AbstractPortObject result = ClassContent.create(
                    name, PortTypeRegistry.getInstance().getObjectClass(name), AbstractPortObject.class);
            result.load(in, spec, exec);
            return (T) result;
        }
    }
}
