package org.gradienttape.host.api.node;

import java.util.function.Function;
import org.knime.node.DefaultNodeFactory;

/**
 * The way to the declaration inside a factory: {@link DefaultNodeFactory} has no public member for it, as KNIME has
 * none, so it leaves its reader here when the class is initialised.
 */
public final class NodeDeclarationAccess {

    private static volatile Function<DefaultNodeFactory, NodeDeclaration> reader;

    private NodeDeclarationAccess() {}

    /** Called by {@link DefaultNodeFactory} alone. */
    public static void install(final Function<DefaultNodeFactory, NodeDeclaration> declarationReader) {
        reader = declarationReader;
    }

    static NodeDeclaration declaration(final DefaultNodeFactory factory) {
        return reader.apply(factory);
    }
}
