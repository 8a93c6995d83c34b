package org.knime.core.node.port;

import java.util.Objects;

/** The type of a port: the class of its objects, and whether it may stay unconnected. */
public final class PortType {
    private final Class<? extends PortObject> objectClass;
    private final Class<? extends PortObjectSpec> specClass;
    private final String name;
    private final int color;
    private final boolean hidden;
    private final boolean optional;

    PortType(
            Class<? extends PortObject> objectClass,
            Class<? extends PortObjectSpec> specClass,
            String name,
            int color,
            boolean hidden,
            boolean optional) {
        this.objectClass = Objects.requireNonNull(objectClass);
        this.specClass = Objects.requireNonNull(specClass);
        this.name = Objects.requireNonNull(name);
        this.color = color;
        this.hidden = hidden;
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

    public boolean isHidden() {
        return hidden;
    }

    public boolean isOptional() {
        return optional;
    }

    /** Whether an input of this type takes what an output of the other type gives. */
    public boolean isSuperTypeOf(PortType other) {
        return objectClass.isAssignableFrom(other.objectClass);
    }

    public boolean acceptsPortObject(PortObject object) {
        return objectClass.isInstance(object);
    }

    public boolean acceptsPortObjectSpec(PortObjectSpec spec) {
        return specClass.isInstance(spec);
    }

    @Override
    public boolean equals(Object other) {
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
