package org.gradienttape.host.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.api.node.PortGroup;
import org.gradienttape.host.api.node.Side;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.port.PortType;

/**
 * The ports that a node of a workflow has: those that always exist, and the optional ones that the workflow uses.
 *
 * <p>On disk this is the config {@code node_creation_config}: one config per group, empty but for an optional port in
 * use, which has a config {@code port_0} with the entry {@code object_class}.
 *
 * @param groups the declared groups of both sides, in order
 * @param chosen the types of the optional ports in use, by group id
 */
public record NodePorts(List<PortGroup> groups, Map<String, PortType> chosen) {

    private static final String OBJECT_CLASS = "object_class";

    public NodePorts {
        groups = List.copyOf(groups);
        chosen = Map.copyOf(chosen);
        for (String id : chosen.keySet()) {
            if (groups.stream()
                    .noneMatch(group -> group.optional() && group.id().equals(id))) {
                throw new IllegalArgumentException("The node has no optional port \"" + id + "\".");
            }
        }
    }

    /** The ports of a node whose optional ports are all off. */
    public static NodePorts fixed(NodeDeclaration declaration) {
        return new NodePorts(declaration.ports(), Map.of());
    }

    /**
     * Reads which optional ports are in use; a group that is absent is off, an unknown one is ignored.
     *
     * @param settings the config {@code node_creation_config}
     * @throws InvalidSettingsException if an optional port has a type that its group does not support
     */
    public static NodePorts load(NodeDeclaration declaration, NodeSettingsRO settings) throws InvalidSettingsException {
        Map<String, PortType> chosen = new LinkedHashMap<>();
        for (PortGroup group : declaration.ports()) {
            if (group.optional() && settings.containsKey(group.id())) {
                NodeSettingsRO ports = settings.getNodeSettings(group.id());
                for (String key : ports.keySet()) {
                    chosen.put(
                            group.id(), type(group, ports.getNodeSettings(key).getString(OBJECT_CLASS)));
                }
            }
        }
        return new NodePorts(declaration.ports(), chosen);
    }

    private static PortType type(PortGroup group, String objectClass) throws InvalidSettingsException {
        for (PortType type : group.choice().types()) {
            if (type.getPortObjectClass().getName().equals(objectClass)) {
                return type;
            }
        }
        throw new InvalidSettingsException("The optional port \"" + group.name() + "\" takes "
                + group.choice().types().stream()
                        .map(type -> type.getPortObjectClass().getName())
                        .collect(Collectors.joining(" or "))
                + ", but the workflow gives it the type " + objectClass + ".");
    }

    /** Writes the config {@code node_creation_config}. */
    public void save(NodeSettingsWO settings) {
        for (PortGroup group : groups) {
            NodeSettingsWO ports = settings.addNodeSettings(group.id());
            PortType type = chosen.get(group.id());
            if (type != null) {
                ports.addNodeSettings("port_0")
                        .addString(OBJECT_CLASS, type.getPortObjectClass().getName());
            }
        }
    }

    /** The same ports with an optional one in use. */
    public NodePorts with(String groupId, PortType type) {
        Map<String, PortType> more = new LinkedHashMap<>(chosen);
        more.put(groupId, type);
        return new NodePorts(groups, more);
    }

    /** The input ports that exist; element i is port i + 1 of the workflow, port 0 being that of flow variables. */
    public List<Port> inputs() {
        return ports(Side.INPUT);
    }

    /** The output ports that exist, numbered like the inputs. */
    public List<Port> outputs() {
        return ports(Side.OUTPUT);
    }

    private List<Port> ports(Side side) {
        return groups.stream()
                .filter(group -> group.side() == side)
                .flatMap(this::port)
                .toList();
    }

    private Stream<Port> port(PortGroup group) {
        PortType type = group.optional() ? chosen.get(group.id()) : group.type();
        return Stream.ofNullable(type).map(known -> new Port(group.id(), group.name(), known));
    }
}
