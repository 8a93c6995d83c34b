package org.gradienttape.host.workflow;

import java.io.IOException;
import java.util.Optional;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.execution.HostExecutionContext;
import org.gradienttape.host.node.Executed;
import org.gradienttape.host.port.FileStoreFolder;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.host.port.PortObjectCopy;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;

/** Runs a node's code on copies of its inputs, as KNIME does: a node never sees the object that another one made. */
final class NodeExecution implements NodeTask {

    private final NodeInstance node;
    private final PortObject[] inputs;
    private final PortObjectSpec[] specs;
    private final FileStores fileStores;
    private final Progress progress;

    NodeExecution(
            final NodeInstance node,
            final PortObject[] inputs,
            final FileStores fileStores,
            final ExecutionListener listener) {
        this.node = node;
        this.inputs = inputs;
        this.specs = node.specs();
        this.fileStores = fileStores;
        this.progress = new Progress((fraction, message) -> listener.progressed(node, fraction, message));
    }

    @Override
    public Result execute() throws NodeFailure, CanceledExecutionException {
        final FileStoreFolder folder = fileStores.create();
        boolean done = false;
        try {
            final Result result = execute(folder);
            done = true;
            return result;
        } finally {
            if (!done) {
                delete(folder);
            }
        }
    }

    @Override
    public void cancel() {
        progress.setExecuteCanceled();
    }

    private Result execute(final FileStoreFolder folder) throws NodeFailure, CanceledExecutionException {
        final ExecutionContext context = new HostExecutionContext(progress, folder);
        final PortObject[] copies = new PortObject[inputs.length];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = copy(i, context);
        }
        final Executed executed = node.body().execute(copies, specs, context);
        try {
            for (final PortObject object : executed.objects()) {
                PortObjectCopy.flush(object);
            }
        } catch (final IOException e) {
            throw new NodeFailure("The outputs cannot be written to their files: " + e.getMessage(), e);
        }
        folder.close();
        return new Result(
                new Outputs(executed.objects(), executed.internal(), Optional.of(folder)), executed.warning());
    }

    private PortObject copy(final int port, final ExecutionContext context)
            throws NodeFailure, CanceledExecutionException {
        try {
            return PortObjectCopy.of(inputs[port], context);
        } catch (final IOException e) {
            throw new NodeFailure("Unable to clone input data at port " + (port + 1) + ": " + e.getMessage(), e);
        }
    }

    private void delete(final FileStoreFolder folder) throws NodeFailure {
        try {
            fileStores.remove(folder);
        } catch (final IOException e) {
            throw new NodeFailure("The temporary files of the node cannot be deleted: " + e.getMessage(), e);
        }
    }
}
