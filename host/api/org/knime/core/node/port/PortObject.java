package org.knime.core.node.port;

import java.io.IOException;
import javax.swing.JComponent;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/** What a node hands to its successors through a port. */
public interface PortObject {
    /** One line on the content. */
    String getSummary();

    PortObjectSpec getSpec();

    JComponent[] getViews();

    /**
     * Writes and reads the objects of one class.
     *
     * <p>Each starts with {@code putNextEntry} or {@code getNextEntry} and leaves the stream open.
     */
    abstract class PortObjectSerializer<T extends PortObject> {
        public abstract void savePortObject(T portObject, PortObjectZipOutputStream out, ExecutionMonitor exec)
                throws IOException, CanceledExecutionException;

        public abstract T loadPortObject(PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor exec)
                throws IOException, CanceledExecutionException;
    }
}
