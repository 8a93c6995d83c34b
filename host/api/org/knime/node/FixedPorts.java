package org.knime.node;

import org.knime.core.node.port.PortType;

/** Declares each port as a group of its own, whose id is the port's name. */
record FixedPorts(RequirePorts.DynamicPortsAdder groups) implements RequirePorts.PortsAdder {

    @Override
    public FixedPorts addInputPort(final String name, final String description, final PortType portType) {
        groups.addInputPortGroup(
                name, port -> port.name(name).description(description).fixed(portType));
        return this;
    }

    @Override
    public FixedPorts addOutputPort(final String name, final String description, final PortType portType) {
        groups.addOutputPortGroup(
                name, port -> port.name(name).description(description).fixed(portType));
        return this;
    }
}
