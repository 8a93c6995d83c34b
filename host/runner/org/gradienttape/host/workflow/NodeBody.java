package org.gradienttape.host.workflow;

import java.util.List;
import java.util.Optional;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.api.node.NodeView;
import org.gradienttape.host.node.Configured;
import org.gradienttape.host.node.Executed;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;

/**
 * The code of one node of a workflow with its settings, as the runner sees it.
 *
 * <p>Ports are the node's own ones, counted from 0; the port of the flow variables is the runner's affair.
 */
public interface NodeBody {

    /** Returns the types of the input ports that exist in this workflow. */
    List<PortType> inputs();

    /** Returns the types of the output ports that exist in this workflow. */
    List<PortType> outputs();

    /** Returns the view that the node declared. */
    Optional<NodeView> view();

    /**
     * Takes settings over, without judging them. A node that is never given settings has its defaults.
     *
     * @throws InvalidSettingsException if a key is missing, or a value is none that the setting can hold
     */
    void load(NodeSettingsRO model) throws InvalidSettingsException;

    /**
     * Judges the settings last taken over.
     *
     * @throws InvalidSettingsException if a value is out of range, or values contradict each other
     */
    void validate() throws InvalidSettingsException;

    /** Returns all settings as they are now, with the defaults of those that were never stored. */
    NodeSettings model() throws InvalidSettingsException;

    /**
     * Replaces one value in a copy of the node's settings.
     *
     * @param key   path of the setting, with / between group and setting
     * @param entry the type that the person named
     * @throws InvalidSettingsException if the node has no such key, the type is not that of the setting, or the text is
     *                                  none of its values
     */
    void change(NodeSettings model, String key, SettingType entry, String text) throws InvalidSettingsException;

    /** Writes which optional ports exist into the node's file. */
    void savePorts(NodeSettingsWO nodeFile);

    /**
     * Derives what will come out from what will come in; cheap and without memory.
     *
     * @throws InvalidSettingsException if the settings and the inputs do not fit
     * @throws NodeFailure              if the node's code failed in another way
     */
    Configured configure(PortObjectSpec[] inputs) throws InvalidSettingsException, NodeFailure;

    /**
     * Runs the node.
     *
     * @param specs what configure last derived; null where it was not known
     * @throws NodeFailure                if the node fails, with a message for the person
     * @throws CanceledExecutionException if the context was told to cancel
     */
    Executed execute(PortObject[] inputs, PortObjectSpec[] specs, ExecutionContext context)
            throws NodeFailure, CanceledExecutionException;
}
