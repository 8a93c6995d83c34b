package org.knime.core.node.port;

import java.util.Objects;

/** The type of a port: the class of its objects, and whether it may stay unconnected. */
public final class PortType {
    private final Class<? extends PortObject> objectClass;
    private final Class<? extends PortObjectSpec> specClass;
    private final String name;
    private final int color;
    private final boolean optional;

    PortType(
            final Class<? extends PortObject> objectClass,
            final Class<? extends PortObjectSpec> specClass,
            final String name,
            final int color,
            final boolean optional) {
        this.objectClass = Objects.requireNonNull(objectClass);
        this.specClass = Objects.requireNonNull(specClass);
        this.name = Objects.requireNonNull(name);
        this.color = color;
        this.optional = optional;
    }

    public Class<? extends PortObject> getPortObjectClass() {
        return objectClass;
    }

    public Class<? extends PortObjectSpec> getPortObjectSpecClass() {
        return specClass;
    }

    public String getName() {
        return name;
    }

    /** Red, green and blue, 8 bits each. */
    public int getColor() {
        return color;
    }

    public boolean isOptional() {
        return optional;
    }

    /** Whether an input of this type takes what an output of the other type gives. */
    public boolean isSuperTypeOf(final PortType other) {
        return objectClass.isAssignableFrom(other.objectClass);
    }

    public boolean acceptsPortObject(final PortObject object) {
        return objectClass.isInstance(object);
    }

    public boolean acceptsPortObjectSpec(final PortObjectSpec spec) {
        return specClass.isInstance(spec);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof PortType type && objectClass == type.objectClass && optional == type.optional;
    }

    @Override
    public int hashCode() {
        return Objects.hash(objectClass, optional);
    }

    @Override
    public String toString() {
        return name + (optional ? " (optional)" : "");
    }
}
