package org.gradienttape.host.execution;

import java.io.IOException;
import java.util.Objects;
import org.gradienttape.host.api.execution.PartProgress;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.port.FileStoreFolder;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.NodeProgressMonitor;

/** The context of one node execution. */
public final class HostExecutionContext extends ExecutionContext {
    private final FileStoreFolder fileStores;

    /**
     * @param progress of the node, usually a {@link Progress}
     * @param fileStores into which the node writes the files of its port objects
     */
    public HostExecutionContext(final NodeProgressMonitor progress, final FileStoreFolder fileStores) {
        super(progress);
        this.fileStores = Objects.requireNonNull(fileStores);
    }

    @Override
    public FileStore createFileStore(final String name) throws IOException {
        return fileStores.create(name);
    }

    @Override
    public ExecutionContext createSubExecutionContext(final double maxProg) {
        return new HostExecutionContext(new PartProgress(getProgressMonitor(), maxProg, false), fileStores);
    }

    @Override
    public ExecutionContext createSilentSubExecutionContext(final double maxProg) {
        return new HostExecutionContext(new PartProgress(getProgressMonitor(), maxProg, true), fileStores);
    }
}
