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

    public Configurator(final Workflow workflow, final ExecutionListener listener) {
        this.workflow = workflow;
        this.listener = listener;
    }

    /** Configures all nodes that are not executed. */
    public void configureAll() {
        workflow.nodes().forEach(this::configure);
    }

    /** Configures the nodes that depend on a node which has just changed. */
    void configureAfter(final NodeInstance changed) {
        workflow.downstream(changed).forEach(this::configure);
    }

    /** Configures one node, unless it is executed; a node for which something is missing becomes idle. */
    void configure(final NodeInstance node) {
        if (node.state() == NodeState.EXECUTED) {
            return;
        }
        final Optional<NodeMessage> before = node.message();
        final Optional<String> open = openPort(node);
        if (open.isPresent()) {
            node.idle(open.map(NodeMessage::error));
            return;
        }
        final Optional<Map<String, FlowVariable>> variables = FlowVariables.reaching(node, workflow);
        final Optional<PortObjectSpec[]> specs = specs(node);
        if (variables.isEmpty() || specs.isEmpty()) {
            node.idle(Optional.empty());
            return;
        }
        try {
            final List<FlowVariable> exposed = applyVariables(node, variables.get());
            node.configured(configured(node, specs.get()), variables.get(), exposed);
        } catch (final InvalidSettingsException | NodeFailure e) {
            node.idle(Optional.of(NodeMessage.error(e.getMessage())));
        }
        if (!node.message().equals(before)) {
            node.message()
                    .filter(message -> message.kind() == NodeMessage.Kind.WARNING)
                    .ifPresent(message -> listener.warned(node, message.text()));
        }
    }

    private Configured configured(final NodeInstance node, final PortObjectSpec[] specs)
            throws InvalidSettingsException, NodeFailure {
        workflow.place(node).enter();
        try {
            return node.body().configure(specs);
        } finally {
            NodePlace.leave();
        }
    }

    /** Hands the node its stored settings with the variables' values in them. Returns the variables that it exposes. */
    private static List<FlowVariable> applyVariables(final NodeInstance node, final Map<String, FlowVariable> variables)
            throws InvalidSettingsException {
        if (node.mask().isEmpty()) {
            node.body().validate();
            return List.of();
        }
        final NodeSettings settings = node.copyOfModel();
        final List<FlowVariable> exposed = node.mask().apply(settings, variables);
        node.body().load(settings);
        node.body().validate();
        return exposed;
    }

    private Optional<String> openPort(final NodeInstance node) {
        final List<Connection> incoming = workflow.incoming(node);
        for (int port = 1; port <= node.body().inputs().size(); port++) {
            final int number = port;
            if (incoming.stream().noneMatch(connection -> connection.targetPort() == number)) {
                return Optional.of("Its input port " + number + " is not connected; connect it, or remove the port.");
            }
        }
        return Optional.empty();
    }

    private Optional<PortObjectSpec[]> specs(final NodeInstance node) {
        final PortObjectSpec[] specs = new PortObjectSpec[node.body().inputs().size()];
        for (final Connection connection : workflow.incoming(node)) {
            if (connection.targetPort() > 0) {
                final PortObjectSpec spec =
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
