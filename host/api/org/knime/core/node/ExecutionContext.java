package org.knime.core.node;

import java.io.IOException;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.FileStore;

/** What a node's execution may ask for: tables, files, progress. */
public abstract class ExecutionContext extends ExecutionMonitor {
    protected ExecutionContext(final NodeProgressMonitor progress) {
        super(progress);
    }

    /** A container into which the rows of a new table are put. */
    public BufferedDataContainer createDataContainer(final DataTableSpec spec) {
        return new BufferedDataContainer(spec);
    }

    /**
     * Makes room for a file of a port object; the file itself does not exist yet.
     *
     * @param name unique in this execution, without slashes, not starting with a dot
     */
    public abstract FileStore createFileStore(String name) throws IOException;

    /** @param maxProg the share of this context's progress that the part makes up, 0 to 1 */
    public abstract ExecutionContext createSubExecutionContext(double maxProg);

    /** As {@link #createSubExecutionContext}, but the part's messages are not shown. */
    public abstract ExecutionContext createSilentSubExecutionContext(double maxProg);
}
