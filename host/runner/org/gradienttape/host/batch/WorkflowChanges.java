package org.gradienttape.host.batch;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gradienttape.host.workflow.FlowVariable;
import org.gradienttape.host.workflow.NodeInstance;
import org.gradienttape.host.workflow.Workflow;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;

/** Makes the changes that the command line asks for: workflow variables and settings of nodes. */
final class WorkflowChanges {

    private final RunOptions options;
    private final Workflow workflow;

    private WorkflowChanges(final RunOptions options, final Workflow workflow) {
        this.options = options;
        this.workflow = workflow;
    }

    /**
     * Changes a loaded workflow; nothing is run yet.
     *
     * @throws RunException if a node or setting does not exist, or a value does not fit
     */
    static void apply(final RunOptions options, final Workflow workflow, final Console console) throws RunException {
        final WorkflowChanges changes = new WorkflowChanges(options, workflow);
        changes.defineVariables(console);
        changes.changeSettings();
    }

    private void defineVariables(final Console console) {
        workflow.setWorkspace(options.results().tables().orElse(Path.of("").toAbsolutePath()));
        for (final FlowVariable variable : options.changes().variables()) {
            if (!workflow.define(variable)) {
                console.warn("The workflow has no variable " + variable.name()
                        + "; it is added, but perhaps no node uses it.");
            }
        }
    }

    private void changeSettings() throws RunException {
        final Map<NodeInstance, NodeSettings> changed = new LinkedHashMap<>();
        for (final SettingChange change : options.changes().settings()) {
            final NodeInstance node = workflow.node(change.nodeId()).orElseThrow(() -> noNode(change));
            try {
                if (!changed.containsKey(node)) {
                    changed.put(node, node.copyOfModel());
                }
                node.body().change(changed.get(node), change.key(), change.type(), change.text());
            } catch (final InvalidSettingsException e) {
                throw wrong(change + " cannot be used for " + node + ": " + e.getMessage(), e);
            }
        }
        for (final Map.Entry<NodeInstance, NodeSettings> entry : changed.entrySet()) {
            take(entry.getKey(), entry.getValue());
        }
    }

    private void take(final NodeInstance node, final NodeSettings model) throws RunException {
        try {
            if (!node.changeModel(model)) {
                return;
            }
        } catch (final InvalidSettingsException e) {
            throw wrong("The changed settings of " + node + " cannot be read: " + e.getMessage(), e);
        }
        try {
            node.body().validate();
        } catch (final InvalidSettingsException e) {
            throw new RunException(ExitCode.LOAD, node + " refuses the changed settings: " + e.getMessage(), e);
        }
        workflow.reset(node);
    }

    private RunException noNode(final SettingChange change) {
        final String known = workflow.nodes().stream()
                .map(NodeInstance::folder)
                .reduce((left, right) -> left + ", " + right)
                .orElse("none");
        return wrong(
                change + " names the node " + change.nodeId() + ", but the workflow has only: " + known + ".", null);
    }

    private static RunException wrong(final String sentence, final Throwable cause) {
        return new RunException(ExitCode.PARAMETERS, sentence, cause);
    }
}
