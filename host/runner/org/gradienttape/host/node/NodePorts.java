package org.gradienttape.host.node;

import java.util.ArrayList;
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
 * The ports that a node of a workflow has: those that always exist, and those that the workflow adds.
 *
 * <p>On disk this is the config {@code node_creation_config}: one config per group. It is empty for a fixed port. An
 * optional port in use, and each port of a group that can be extended, has a config {@code port_0}, {@code port_1} there
 * with the entry {@code object_class}; a port whose type can be exchanged has the entry itself.
 *
 * @param groups the declared groups of both sides, in order
 * @param chosen by group id the types of the ports that the workflow adds, and of the others that have not their default type
 */
public record NodePorts(List<PortGroup> groups, Map<String, List<PortType>> chosen) {

    private static final String OBJECT_CLASS = "object_class";

    public NodePorts {
        groups = List.copyOf(groups);
        chosen = new LinkedHashMap<>(chosen);
        for (final String id : chosen.keySet()) {
            if (groups.stream().noneMatch(group -> !group.fixed() && group.id().equals(id))) {
                throw new IllegalArgumentException("The node has no port \"" + id + "\" that can be chosen.");
            }
        }
        for (final PortGroup group : groups) {
            chosen.remove(group.id(), before(group));
        }
        chosen = Map.copyOf(chosen);
    }

    /** The types of a group's ports before a workflow changes them. */
    private static List<PortType> before(final PortGroup group) {
        return group.isEmptyAtFirst() ? List.of() : List.of(group.type());
    }

    /** The ports of a node to which nothing is added and whose other ports have their default types. */
    public static NodePorts fixed(final NodeDeclaration declaration) {
        return new NodePorts(declaration.ports(), Map.of());
    }

    /**
     * Reads which ports were added, and which types were exchanged. An unknown group is ignored.
     *
     * @param settings the config {@code node_creation_config}
     * @throws InvalidSettingsException if a port has a type that its group does not support, or one whose type can be
     *     exchanged says no type
     */
    public static NodePorts load(final NodeDeclaration declaration, final NodeSettingsRO settings)
            throws InvalidSettingsException {
        final Map<String, List<PortType>> chosen = new LinkedHashMap<>();
        for (final PortGroup group : declaration.ports()) {
            if (group.fixed() || !settings.containsKey(group.id())) {
                continue;
            }
            final NodeSettingsRO ports = settings.getNodeSettings(group.id());
            final List<PortType> types = new ArrayList<>();
            if (group.isEmptyAtFirst()) {
                for (final String key : ports.keySet()) {
                    types.add(type(group, ports.getNodeSettings(key)));
                }
            } else {
                types.add(type(group, ports));
            }
            chosen.put(group.id(), types);
        }
        return new NodePorts(declaration.ports(), chosen);
    }

    private static PortType type(final PortGroup group, final NodeSettingsRO port) throws InvalidSettingsException {
        final String objectClass = port.getString(OBJECT_CLASS);
        for (final PortType type : group.choice().types()) {
            if (type.getPortObjectClass().getName().equals(objectClass)) {
                return type;
            }
        }
        throw new InvalidSettingsException("The port \"" + group.name() + "\" takes "
                + group.choice().types().stream()
                        .map(type -> type.getPortObjectClass().getName())
                        .collect(Collectors.joining(" or "))
                + ", but the workflow gives it the type " + objectClass + ".");
    }

    /** Writes the config {@code node_creation_config}. */
    public void save(final NodeSettingsWO settings) {
        for (final PortGroup group : groups) {
            final NodeSettingsWO ports = settings.addNodeSettings(group.id());
            if (!group.fixed()) {
                int number = 0;
                for (final PortType type : types(group)) {
                    final NodeSettingsWO port =
                            group.isEmptyAtFirst() ? ports.addNodeSettings("port_" + number++) : ports;
                    port.addString(OBJECT_CLASS, type.getPortObjectClass().getName());
                }
            }
        }
    }

    /**
     * The same ports with an optional one in use, one more of a group that can be extended, or another type of one that can
     * be exchanged.
     */
    public NodePorts with(final String groupId, final PortType type) {
        final Map<String, List<PortType>> more = new LinkedHashMap<>(chosen);
        final boolean isOneMore = groups.stream()
                .anyMatch(group -> group.extendable() && group.id().equals(groupId));
        final List<PortType> types = new ArrayList<>(isOneMore ? chosen.getOrDefault(groupId, List.of()) : List.of());
        types.add(type);
        more.put(groupId, types);
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

    private List<Port> ports(final Side side) {
        return groups.stream()
                .filter(group -> group.side() == side)
                .flatMap(this::port)
                .toList();
    }

    private Stream<Port> port(final PortGroup group) {
        return types(group).stream().map(type -> new Port(group.id(), group.name(), type));
    }

    private List<PortType> types(final PortGroup group) {
        return chosen.getOrDefault(group.id(), before(group));
    }
}
