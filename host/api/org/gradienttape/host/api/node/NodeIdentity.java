package org.gradienttape.host.api.node;

import java.util.List;
import java.util.Objects;
import org.knime.core.node.NodeFactory.NodeType;

/**
 * How a node is named, drawn and found.
 *
 * @param name         the name on the canvas
 * @param icon         path of the icon, relative to the factory class
 * @param type         the kind of node
 * @param sinceVersion the version that brought the node, as "major.minor.revision"
 * @param keywords     words that find the node in a search
 */
public record NodeIdentity(String name, String icon, NodeType type, String sinceVersion, List<String> keywords) {

    public NodeIdentity {
        Objects.requireNonNull(icon, "icon");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(sinceVersion, "sinceVersion");
        keywords = List.copyOf(keywords);
        if (name.isBlank()) {
            throw new IllegalArgumentException("A node needs a name, but it is blank.");
        }
    }
}
