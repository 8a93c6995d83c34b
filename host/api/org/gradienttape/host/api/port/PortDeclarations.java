package org.gradienttape.host.api.port;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.image.ImagePortObject;
import org.knime.core.node.port.image.ImagePortObjectSpec;

/**
 * All declared port types: tables and images, those of the extension point, and those that a test adds.
 *
 * <p>The extension point is read at the first question.
 */
public final class PortDeclarations {
    private static final int TABLE_COLOR = 0x000000;
    private static final int IMAGE_COLOR = 0x41be78;
    private static final Map<String, PortDeclaration> BY_OBJECT = new LinkedHashMap<>();
    private static boolean extensionsRead;

    static {
        add(new PortDeclaration(
                "Data",
                TABLE_COLOR,
                BufferedDataTable.class,
                null,
                DataTableSpec.class,
                new DataTableSpec.Serializer()));
        add(new PortDeclaration(
                "Image",
                IMAGE_COLOR,
                ImagePortObject.class,
                new ImagePortObject.Serializer(),
                ImagePortObjectSpec.class,
                new ImagePortObjectSpec.Serializer()));
    }

    private PortDeclarations() {}

    /** Adds a declaration, in place of an earlier one for the same class. */
    public static synchronized void add(final PortDeclaration declaration) {
        BY_OBJECT.put(declaration.objectClass().getName(), declaration);
    }

    /** @param className of the port object */
    public static synchronized Optional<PortDeclaration> ofObject(final String className) {
        return Optional.ofNullable(complete().get(className));
    }

    /** @param className of the port object's spec */
    public static synchronized Optional<PortDeclaration> ofSpec(final String className) {
        return complete().values().stream()
                .filter(declaration -> declaration.specClass().getName().equals(className))
                .findFirst();
    }

    public static synchronized Collection<PortDeclaration> all() {
        return List.copyOf(complete().values());
    }

    private static Map<String, PortDeclaration> complete() {
        if (!extensionsRead) {
            extensionsRead = true;
            PortExtensions.read().forEach(PortDeclarations::add);
        }
        return BY_OBJECT;
    }
}
