package org.knime.core.node.port;

import java.util.Collection;
import java.util.Optional;
import org.gradienttape.host.api.port.PortDeclaration;
import org.gradienttape.host.api.port.PortDeclarations;
import org.knime.core.node.NodeLogger;
import org.knime.core.node.port.PortObject.PortObjectSerializer;
import org.knime.core.node.port.PortObjectSpec.PortObjectSpecSerializer;

/** The port types that bundles declare, with their serializers. */
public final class PortTypeRegistry {
    private static final PortTypeRegistry INSTANCE = new PortTypeRegistry();
    private static final int GENERIC_COLOR = 0x9b9b9b;

    private PortTypeRegistry() {}

    public static PortTypeRegistry getInstance() {
        return INSTANCE;
    }

    /** The type of a class's ports; without a declaration a generic one, whose objects cannot be saved. */
    public PortType getPortType(final Class<? extends PortObject> objectClass) {
        return getPortType(objectClass, false);
    }

    public PortType getPortType(final Class<? extends PortObject> objectClass, final boolean optional) {
        return PortDeclarations.ofObject(objectClass.getName())
                .map(declaration -> type(declaration, optional))
                .orElseGet(() -> undeclared(objectClass, optional));
    }

    public Collection<PortType> availablePortTypes() {
        return PortDeclarations.all().stream()
                .map(declaration -> type(declaration, false))
                .toList();
    }

    public Optional<Class<? extends PortObject>> getObjectClass(final String name) {
        return PortDeclarations.ofObject(name).map(PortDeclaration::objectClass);
    }

    public Optional<Class<? extends PortObjectSpec>> getSpecClass(final String name) {
        return PortDeclarations.ofSpec(name).map(PortDeclaration::specClass);
    }

    @SuppressWarnings("unchecked")
    public <T extends PortObject> Optional<PortObjectSerializer<T>> getObjectSerializer(final Class<T> type) {
        return PortDeclarations.ofObject(type.getName())
                .map(declaration -> (PortObjectSerializer<T>) declaration.objectSerializer());
    }

    @SuppressWarnings("unchecked")
    public <T extends PortObjectSpec> Optional<PortObjectSpecSerializer<T>> getSpecSerializer(final Class<T> type) {
        return PortDeclarations.ofSpec(type.getName())
                .map(declaration -> (PortObjectSpecSerializer<T>) declaration.specSerializer());
    }

    private static PortType type(final PortDeclaration declaration, final boolean optional) {
        return new PortType(
                declaration.objectClass(), declaration.specClass(), declaration.name(), declaration.color(), optional);
    }

    private static PortType undeclared(final Class<? extends PortObject> objectClass, final boolean optional) {
        if (objectClass != PortObject.class) {
            NodeLogger.getLogger(PortTypeRegistry.class)
                    .warn("No port type is declared for " + objectClass.getName() + "; its objects cannot be saved.");
        }
        return new PortType(objectClass, PortObjectSpec.class, objectClass.getSimpleName(), GENERIC_COLOR, optional);
    }
}
