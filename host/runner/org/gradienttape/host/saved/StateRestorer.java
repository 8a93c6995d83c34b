package org.gradienttape.host.saved;

import java.io.IOException;
import java.util.Map;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.host.workflow.FlowVariables;
import org.gradienttape.host.workflow.NodeInstance;
import org.gradienttape.host.workflow.NodeState;
import org.gradienttape.host.workflow.Outputs;
import org.gradienttape.host.workflow.Workflow;
import org.knime.core.node.InvalidSettingsException;

/** Gives the nodes of a workflow back what they had made before they were saved. */
final class StateRestorer {

    private final Workflow workflow;
    private final Map<Integer, SavedNode> saved;
    private final FileStores fileStores;
    private final LoadReport report;

    StateRestorer(
            final Workflow workflow,
            final Map<Integer, SavedNode> saved,
            final FileStores fileStores,
            final LoadReport report) {
        this.workflow = workflow;
        this.saved = saved;
        this.fileStores = fileStores;
        this.report = report;
    }

    /** Restores the executed nodes; a node that depends on one which is not executed must run again. */
    void restore() {
        for (final NodeInstance node : workflow.nodes()) {
            final SavedNode state = saved.get(node.id());
            final boolean inputsThere = workflow.predecessors(node).stream()
                    .allMatch(predecessor -> predecessor.state() == NodeState.EXECUTED);
            if (state.state() == NodeState.EXECUTED && inputsThere) {
                restore(node, state);
            }
        }
    }

    private void restore(final NodeInstance node, final SavedNode state) {
        try {
            final Outputs outputs = new OutputFiles(node).read(workflow.folder().resolve(node.folder()), fileStores);
            node.restored(outputs, FlowVariables.reaching(node, workflow).orElseThrow(), state.variables());
        } catch (final IOException | InvalidSettingsException e) {
            report.error("Unable to load port content for node " + node + ": " + e.getMessage());
        } catch (
                final RuntimeException
                        e) { // what was saved is damaged in a way that the node's own code does not expect
            report.error("Unable to load port content for node " + node + ": " + e);
        }
    }
}
