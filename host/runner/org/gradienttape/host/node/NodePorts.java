package org.gradienttape.host.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * <p>On disk this is the config {@code node_creation_config}: one config per group. It is empty for a fixed port. An
 * optional port in use has a config {@code port_0} there with the entry {@code object_class}; a port whose type can be
 * exchanged has the entry itself.
 *
 * @param groups the declared groups of both sides, in order
 * @param chosen by group id the types of the optional ports in use, and of the others that have not their default type
 */
public record NodePorts(List<PortGroup> groups, Map<String, PortType> chosen) {

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
            if (!group.optional()) {
                chosen.remove(group.id(), group.type());
            }
        }
        chosen = Map.copyOf(chosen);
    }

    /** The ports of a node whose optional ports are all off and whose other ports have their default types. */
    public static NodePorts fixed(final NodeDeclaration declaration) {
        return new NodePorts(declaration.ports(), Map.of());
    }

    /**
     * Reads which optional ports are in use, and which types were exchanged. An optional group that is absent is off,
     * another one has its default type; an unknown one is ignored.
     *
     * @param settings the config {@code node_creation_config}
     * @throws InvalidSettingsException if a port has a type that its group does not support, or one whose type can be
     *     exchanged says no type
     */
    public static NodePorts load(final NodeDeclaration declaration, final NodeSettingsRO settings)
            throws InvalidSettingsException {
        final Map<String, PortType> chosen = new LinkedHashMap<>();
        for (final PortGroup group : declaration.ports()) {
            if (group.fixed() || !settings.containsKey(group.id())) {
                continue;
            }
            final NodeSettingsRO ports = settings.getNodeSettings(group.id());
            if (!group.optional()) {
                chosen.put(group.id(), type(group, ports));
                continue;
            }
            for (final String key : ports.keySet()) {
                chosen.put(group.id(), type(group, ports.getNodeSettings(key)));
            }
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
            final Optional<PortType> type = type(group);
            if (type.isPresent() && !group.fixed()) {
                final NodeSettingsWO port = group.optional() ? ports.addNodeSettings("port_0") : ports;
                port.addString(OBJECT_CLASS, type.get().getPortObjectClass().getName());
            }
        }
    }

    /** The same ports with an optional one in use, or with another type of one that can be exchanged. */
    public NodePorts with(final String groupId, final PortType type) {
        final Map<String, PortType> more = new LinkedHashMap<>(chosen);
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

    private List<Port> ports(final Side side) {
        return groups.stream()
                .filter(group -> group.side() == side)
                .flatMap(this::port)
                .toList();
    }

    private Stream<Port> port(final PortGroup group) {
        return type(group).map(type -> new Port(group.id(), group.name(), type)).stream();
    }

    /** Empty for an optional port that is off. */
    private Optional<PortType> type(final PortGroup group) {
        return Optional.ofNullable(chosen.getOrDefault(group.id(), group.optional() ? null : group.type()));
    }
}
