package org.gradienttape.host.workflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.host.node.Configured;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObjectSpec;

/**
 * One node of a loaded workflow: its code, its settings, its state and what it has made.
 *
 * <p>Not safe for use by several threads; the executor guards it.
 */
public final class NodeInstance {

    private final int id;
    private final String folder;
    private final NodeBody body;
    private final NodeSettings file;
    private final VariableMask mask;

    private Optional<NodeSettings> model = Optional.empty();
    private NodeState state = NodeState.IDLE;
    private PortObjectSpec[] specs;
    private Outputs outputs = Outputs.NONE;
    private Optional<Map<String, FlowVariable>> outgoing = Optional.empty();
    private List<FlowVariable> ownVariables = List.of();
    private Optional<NodeMessage> message = Optional.empty();
    private boolean asSaved;

    /**
     * @param folder name of the node's folder, for instance "Model Builder (#2)"
     * @param file   the node's settings.xml as it was read
     */
    public NodeInstance(final int id, final String folder, final NodeBody body, final NodeSettings file)
            throws InvalidSettingsException {
        this.id = id;
        this.folder = folder;
        this.body = body;
        this.file = file;
        this.mask = VariableMask.of(file);
        this.specs = new PortObjectSpec[body.outputs().size()];
    }

    /** Returns the node's number, unique in its workflow. */
    public int id() {
        return id;
    }

    /** Returns the name of the node's folder, which is also how messages call the node: "Model Builder (#2)". */
    public String folder() {
        return folder;
    }

    public NodeBody body() {
        return body;
    }

    public NodeState state() {
        return state;
    }

    /** Returns what the node made; without objects unless it is executed. */
    public Outputs outputs() {
        return outputs;
    }

    /** Returns the last warning or error. */
    public Optional<NodeMessage> message() {
        return message;
    }

    @Override
    public String toString() {
        return folder;
    }

    public NodeSettings file() {
        return file;
    }

    /** Returns the stored settings; empty if the node was saved without any and runs with its defaults. */
    public Optional<NodeSettings> model() {
        return model;
    }

    public VariableMask mask() {
        return mask;
    }

    /** Returns the spec of each output port, null where it is not known. */
    PortObjectSpec[] specs() {
        return specs.clone();
    }

    /** Returns the variables that the successors see; empty while the node is idle. */
    Optional<Map<String, FlowVariable>> outgoing() {
        return outgoing;
    }

    /** Returns the variables that this node itself adds. */
    public List<FlowVariable> ownVariables() {
        return ownVariables;
    }

    /** Returns a copy of the stored settings, or of the defaults if none are stored. */
    public NodeSettings copyOfModel() throws InvalidSettingsException {
        final NodeSettings copy = new NodeSettings("model");
        final NodeSettings stored = model.isPresent() ? model.get() : body.model();
        stored.copyTo(copy);
        return copy;
    }

    /**
     * Replaces the stored settings and hands them to the node's code.
     *
     * @return whether they differ from the former ones
     * @throws InvalidSettingsException if the node's code cannot read them
     */
    public boolean changeModel(final NodeSettings newModel) throws InvalidSettingsException {
        final boolean differs = model.isEmpty() || !model.get().isIdentical(newModel);
        body.load(newModel);
        model = Optional.of(newModel);
        return differs;
    }

    void idle(final Optional<NodeMessage> reason) {
        state = NodeState.IDLE;
        specs = new PortObjectSpec[specs.length];
        outgoing = Optional.empty();
        message = reason;
    }

    void configured(
            final Configured result, final Map<String, FlowVariable> variables, final List<FlowVariable> exposed) {
        state = NodeState.CONFIGURED;
        specs = result.specs().clone();
        message = result.warning().map(NodeMessage::warning);
        setVariables(variables, exposed);
    }

    void executed(final Outputs result, final Optional<String> warning) {
        state = NodeState.EXECUTED;
        outputs = result;
        specs = result.specs();
        message = warning.map(NodeMessage::warning);
    }

    void setVariables(final Map<String, FlowVariable> incoming, final List<FlowVariable> own) {
        outgoing = Optional.of(FlowVariables.with(incoming, own));
        ownVariables = List.copyOf(own);
    }

    void setMessage(final NodeMessage newMessage) {
        message = Optional.of(newMessage);
    }

    /** Takes over what the node's folder holds from an earlier run. */
    public void restored(final Outputs saved, final Map<String, FlowVariable> incoming, final List<FlowVariable> own) {
        executed(saved, Optional.empty());
        setVariables(incoming, own);
        asSaved = true;
    }

    /** Says whether the node is executed and its folder holds just what it is. */
    public boolean isAsSaved() {
        return asSaved;
    }

    /** Forgets what the node made. */
    void reset() {
        asSaved = false;
        outputs = Outputs.NONE;
        idle(Optional.empty());
        ownVariables = List.of();
    }
}
