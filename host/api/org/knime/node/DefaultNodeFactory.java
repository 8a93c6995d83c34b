package org.knime.node;

import java.util.Objects;
import org.gradienttape.host.api.node.NodeDeclarationAccess;
import org.knime.core.node.ConfigurableNodeFactory;
import org.knime.core.node.NodeModel;

/**
 * The factory of a node that is declared by a {@link DefaultNode}; subclasses need a public constructor without
 * arguments.
 */
public abstract class DefaultNodeFactory extends ConfigurableNodeFactory<NodeModel> {

    static {
        NodeDeclarationAccess.install(factory -> factory.node.declaration());
    }

    private final DefaultNode node;

    protected DefaultNodeFactory(final DefaultNode node) {
        this.node = Objects.requireNonNull(node, "node");
    }
}
