package org.knime.core.node.port;

import java.io.IOException;
import javax.swing.JComponent;

/** What is known of a {@link PortObject} before it exists. */
public interface PortObjectSpec {
    JComponent[] getViews();

    /**
     * Writes and reads the specs of one class.
     *
     * <p>Each starts with {@code putNextEntry} or {@code getNextEntry} and leaves the stream open.
     */
    abstract class PortObjectSpecSerializer<T extends PortObjectSpec> {
        public abstract void savePortObjectSpec(T spec, PortObjectSpecZipOutputStream out) throws IOException;

        public abstract T loadPortObjectSpec(PortObjectSpecZipInputStream in) throws IOException;
    }
}
