package org.gradienttape.host.workflow;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which flow variables a node sees, by name. */
public final class FlowVariables {

    private FlowVariables() {}

    /** Returns the variables with others added, which replace those of the same name. */
    static Map<String, FlowVariable> with(
            final Map<String, FlowVariable> variables, final Collection<FlowVariable> added) {
        final Map<String, FlowVariable> all = new LinkedHashMap<>(variables);
        added.forEach(variable -> all.put(variable.name(), variable));
        return all;
    }

    /**
     * Returns what reaches a node through its connections, or the workflow's own variables if it has none.
     *
     * <p>Where several connections bring a variable of the same name, KNIME's order decides: the first connected port
     * wins (the port of the flow variables, if it is used), then the last one, then those before it.
     *
     * @return empty if a predecessor is idle, so that its variables are not known
     */
    public static Optional<Map<String, FlowVariable>> reaching(final NodeInstance node, final Workflow workflow) {
        final List<NodeInstance> sources = workflow.incoming(node).stream()
                .map(connection -> workflow.node(connection.source()).orElseThrow())
                .toList();
        final Map<String, FlowVariable> variables = new LinkedHashMap<>(workflow.globals());
        if (sources.isEmpty()) {
            return Optional.of(with(variables, workflow.ownVariables()));
        }
        if (sources.stream().anyMatch(source -> source.outgoing().isEmpty())) {
            return Optional.empty();
        }
        sources.stream()
                .skip(1)
                .forEach(source -> variables.putAll(source.outgoing().orElseThrow()));
        variables.putAll(sources.get(0).outgoing().orElseThrow());
        return Optional.of(variables);
    }
}
