package org.gradienttape.host.workflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.host.api.location.NodePlace;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.node.Configured;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObjectSpec;

/** Configures nodes: gives them the variables and specs that reach them, and takes the specs that they derive. */
public final class Configurator {

    private final Workflow workflow;
    private final ExecutionListener listener;

    public Configurator(Workflow workflow, ExecutionListener listener) {
        this.workflow = workflow;
        this.listener = listener;
    }

    /** Configures all nodes that are not executed. */
    public void configureAll() {
        workflow.nodes().forEach(this::configure);
    }

    /** Configures the nodes that depend on a node which has just changed. */
    void configureAfter(NodeInstance changed) {
        workflow.downstream(changed).forEach(this::configure);
    }

    /** Configures one node, unless it is executed; a node for which something is missing becomes idle. */
    void configure(NodeInstance node) {
        if (node.state() == NodeState.EXECUTED) {
            return;
        }
        Optional<NodeMessage> before = node.message();
        Optional<String> open = openPort(node);
        if (open.isPresent()) {
            node.idle(open.map(NodeMessage::error));
            return;
        }
        Optional<Map<String, FlowVariable>> variables = FlowVariables.reaching(node, workflow);
        Optional<PortObjectSpec[]> specs = specs(node);
        if (variables.isEmpty() || specs.isEmpty()) {
            node.idle(Optional.empty());
            return;
        }
        try {
            List<FlowVariable> exposed = applyVariables(node, variables.get());
            node.configured(configured(node, specs.get()), variables.get(), exposed);
        } catch (InvalidSettingsException | NodeFailure e) {
            node.idle(Optional.of(NodeMessage.error(e.getMessage())));
        }
        if (!node.message().equals(before)) {
            node.message()
                    .filter(message -> message.kind() == NodeMessage.Kind.WARNING)
                    .ifPresent(message -> listener.warned(node, message.text()));
        }
    }

    private Configured configured(NodeInstance node, PortObjectSpec[] specs)
            throws InvalidSettingsException, NodeFailure {
        workflow.place(node).enter();
        try {
            return node.body().configure(specs);
        } finally {
            NodePlace.leave();
        }
    }

    /** Hands the node its stored settings with the variables' values in them. Returns the variables that it exposes. */
    private static List<FlowVariable> applyVariables(NodeInstance node, Map<String, FlowVariable> variables)
            throws InvalidSettingsException {
        if (node.mask().isEmpty()) {
            node.body().validate();
            return List.of();
        }
        NodeSettings settings = node.copyOfModel();
        List<FlowVariable> exposed = node.mask().apply(settings, variables);
        node.body().load(settings);
        node.body().validate();
        return exposed;
    }

    private Optional<String> openPort(NodeInstance node) {
        List<Connection> incoming = workflow.incoming(node);
        for (int port = 1; port <= node.body().inputs().size(); port++) {
            int number = port;
            if (incoming.stream().noneMatch(connection -> connection.targetPort() == number)) {
                return Optional.of("Its input port " + number + " is not connected; connect it, or remove the port.");
            }
        }
        return Optional.empty();
    }

    private Optional<PortObjectSpec[]> specs(NodeInstance node) {
        PortObjectSpec[] specs = new PortObjectSpec[node.body().inputs().size()];
        for (Connection connection : workflow.incoming(node)) {
            if (connection.targetPort() > 0) {
                PortObjectSpec spec =
                        workflow.node(connection.source()).orElseThrow().specs()[connection.sourcePort() - 1];
                if (spec == null) {
                    return Optional.empty();
                }
                specs[connection.targetPort() - 1] = spec;
            }
        }
        return Optional.of(specs);
    }
}
