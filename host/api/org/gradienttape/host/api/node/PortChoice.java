package org.gradienttape.host.api.node;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.knime.core.node.port.PortType;

/**
 * Whether a port always exists, and which types it may have.
 *
 * @param kind  what a workflow may change about the port
 * @param types the types that the port may have: exactly one if it is fixed, otherwise the default type first
 */
public record PortChoice(Kind kind, List<PortType> types) {

    /** What a workflow may change about a port. */
    public enum Kind {
        /** Nothing. */
        FIXED,
        /** Whether it exists, and its type. */
        OPTIONAL,
        /** How many there are, none at first, and their types. */
        EXTENDABLE,
        /** Its type; it always exists. */
        EXCHANGEABLE
    }

    public PortChoice {
        Objects.requireNonNull(kind, "kind");
        types = List.copyOf(types);
        if (types.isEmpty()) {
            throw new IllegalArgumentException("A port needs at least one type.");
        }
        if (kind == Kind.FIXED && types.size() > 1) {
            throw new IllegalArgumentException("A fixed port has one type, but " + types.size() + " were given.");
        }
        if (kind == Kind.EXCHANGEABLE && types.size() == 1) {
            throw new IllegalArgumentException("A port whose type can be exchanged needs at least two types.");
        }
    }

    /** A port that always exists and has this type. */
    public static PortChoice fixed(final PortType type) {
        return new PortChoice(Kind.FIXED, List.of(type));
    }

    /** A port that exists only where a workflow adds it. */
    public static PortChoice optional(final List<PortType> types) {
        return new PortChoice(Kind.OPTIONAL, types);
    }

    /** Ports of which a workflow adds as many as it likes. */
    public static PortChoice extendable(final List<PortType> types) {
        return new PortChoice(Kind.EXTENDABLE, types);
    }

    /**
     * A port that always exists and has one of several types.
     *
     * @param types must contain the default type
     */
    public static PortChoice exchangeable(final PortType defaultType, final List<PortType> types) {
        if (!types.contains(defaultType)) {
            throw new IllegalArgumentException("The types of a port must contain the default type "
                    + defaultType.getName() + ", but they are "
                    + types.stream().map(PortType::getName).toList() + ".");
        }
        final Set<PortType> all = new LinkedHashSet<>(List.of(defaultType));
        all.addAll(types);
        return new PortChoice(Kind.EXCHANGEABLE, new ArrayList<>(all));
    }
}
