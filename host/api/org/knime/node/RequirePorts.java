package org.knime.node;

import java.util.function.Consumer;
import java.util.function.Function;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortType;
import org.knime.node.RequirePorts.ConfigurablePort.ExtendableConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.FinalConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.OptionalConfigurablePort;

/** Stage: the ports of a node. Port numbers follow the order of declaration; optional ports come last. */
@FunctionalInterface
public interface RequirePorts {

    /**
     * Declares ports that always exist. A name serves as group id, so no two ports, not even an in and an out, share
     * one.
     */
    default DefaultNode.RequireModel ports(final Consumer<PortsAdder> ports) {
        return dynamicPorts(groups -> ports.accept(new FixedPorts(groups)));
    }

    /** Declares port groups, which may be optional. */
    DefaultNode.RequireModel dynamicPorts(Consumer<DynamicPortsAdder> ports);

    /** Adds ports that always exist. */
    interface PortsAdder {

        PortsAdder addInputPort(String name, String description, PortType portType);

        PortsAdder addOutputPort(String name, String description, PortType portType);

        default PortsAdder addInputTable(final String name, final String description) {
            return addInputPort(name, description, BufferedDataTable.TYPE);
        }

        default PortsAdder addOutputTable(final String name, final String description) {
            return addOutputPort(name, description, BufferedDataTable.TYPE);
        }
    }

    /** Adds port groups; an id is unique in its node and a key in saved workflows. */
    interface DynamicPortsAdder {

        DynamicPortsAdder addInputPortGroup(
                String groupId, Function<RequirePortName, ConfigurablePort> groupConfiguration);

        DynamicPortsAdder addOutputPortGroup(
                String groupId, Function<RequirePortName, ConfigurablePort> groupConfiguration);
    }

    /** Stage: the name of a port. */
    interface RequirePortName {

        RequirePortDescription name(String name);
    }

    /** Stage: the description of a port. */
    interface RequirePortDescription {

        /** @param description an XML fragment */
        RequireConfigurablePortMode description(String description);
    }

    /** Stage: whether the port always exists. */
    interface RequireConfigurablePortMode {

        FinalConfigurablePort fixed(PortType portType);

        /** The port is off until the person at the canvas adds it. */
        RequireSupportedTypes<OptionalConfigurablePort> optional();

        /** Any number of ports, none at first, which the person at the canvas adds one by one. */
        RequireSupportedTypes<ExtendableConfigurablePort> extendable();

        /**
         * The port always exists, and its type may be exchanged at the canvas; the name is spelled as KNIME spells it.
         *
         * @param defaultType one of the supported types, of which there are at least two
         */
        RequireSupportedTypes<FinalConfigurablePort> exchangable(PortType defaultType);
    }

    /**
     * Stage: the types that a port which is not fixed may take.
     *
     * @param <T> the next stage
     */
    interface RequireSupportedTypes<T> {

        T supportedTypes(PortType... portTypes);
    }

    /** A port group whose declaration is complete. */
    sealed interface ConfigurablePort
            permits FinalConfigurablePort, OptionalConfigurablePort, ExtendableConfigurablePort {

        /** A port group of which nothing more can be set. */
        final class FinalConfigurablePort implements ConfigurablePort {}

        /** A group of any number of ports. */
        non-sealed interface ExtendableConfigurablePort extends ConfigurablePort {}

        /** An optional port group. */
        non-sealed interface OptionalConfigurablePort extends ConfigurablePort {}
    }
}
