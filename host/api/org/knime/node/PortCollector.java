package org.knime.node;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.gradienttape.host.api.node.PortChoice;
import org.gradienttape.host.api.node.PortGroup;
import org.gradienttape.host.api.node.Side;
import org.knime.core.node.port.PortType;
import org.knime.node.RequirePorts.ConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.ExtendableConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.FinalConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.OptionalConfigurablePort;

/** Collects the port groups that a node declares. */
final class PortCollector implements RequirePorts.DynamicPortsAdder {

    private final List<PortGroup> groups = new ArrayList<>();

    List<PortGroup> groups() {
        return List.copyOf(groups);
    }

    @Override
    public PortCollector addInputPortGroup(
            final String groupId, final Function<RequirePorts.RequirePortName, ConfigurablePort> groupConfiguration) {
        return add(Side.INPUT, groupId, groupConfiguration);
    }

    @Override
    public PortCollector addOutputPortGroup(
            final String groupId, final Function<RequirePorts.RequirePortName, ConfigurablePort> groupConfiguration) {
        return add(Side.OUTPUT, groupId, groupConfiguration);
    }

    private PortCollector add(
            final Side side,
            final String id,
            final Function<RequirePorts.RequirePortName, ConfigurablePort> groupConfiguration) {
        if (groups.stream().anyMatch(group -> group.id().equals(id))) {
            throw new IllegalArgumentException("Two port groups of a node have the id \"" + id
                    + "\"; inputs and outputs share one set of ids, and ports(..) takes the port's name as its id.");
        }
        groupConfiguration.apply(name ->
                description -> new Mode(choice -> groups.add(new PortGroup(id, side, name, description, choice))));
        return this;
    }

    private record Mode(Consumer<PortChoice> chosen) implements RequirePorts.RequireConfigurablePortMode {

        @Override
        public FinalConfigurablePort fixed(final PortType portType) {
            chosen.accept(PortChoice.fixed(portType));
            return new FinalConfigurablePort();
        }

        @Override
        public RequirePorts.RequireSupportedTypes<OptionalConfigurablePort> optional() {
            return portTypes -> {
                chosen.accept(PortChoice.optional(List.of(portTypes)));
                return new OptionalPort();
            };
        }

        @Override
        public RequirePorts.RequireSupportedTypes<ExtendableConfigurablePort> extendable() {
            return portTypes -> {
                chosen.accept(PortChoice.extendable(List.of(portTypes)));
                return new ExtendablePort();
            };
        }

        @Override
        public RequirePorts.RequireSupportedTypes<FinalConfigurablePort> exchangable(final PortType defaultType) {
            return portTypes -> {
                chosen.accept(PortChoice.exchangeable(defaultType, List.of(portTypes)));
                return new FinalConfigurablePort();
            };
        }
    }

    private record OptionalPort() implements OptionalConfigurablePort {}

    private record ExtendablePort() implements ExtendableConfigurablePort {}
}
