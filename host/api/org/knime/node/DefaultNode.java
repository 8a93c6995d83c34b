package org.knime.node;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.api.node.NodeIdentity;
import org.gradienttape.host.api.node.PortGroup;
import org.gradienttape.host.api.node.Side;
import org.knime.core.node.NodeFactory.NodeType;

/** A node as its factory declares it, built in one expression that starts with {@link #create()}. */
public final class DefaultNode {

    private final Texts texts;
    private final List<PortGroup> ports;
    private final DefaultModel model;
    private NodeType type;
    private List<String> keywords = List.of();
    private Optional<DefaultView> view = Optional.empty();

    private DefaultNode(final Texts texts, final List<PortGroup> ports, final DefaultModel model) {
        this.texts = texts;
        this.ports = List.copyOf(ports);
        this.model = Objects.requireNonNull(model, "model");
    }

    /** Begins a declaration; each stage leads to the next. */
    public static RequireName create() {
        return name -> icon -> shortDescription -> fullDescription -> (major, minor, revision) -> portAdder -> {
            final Texts texts =
                    new Texts(name, icon, shortDescription, fullDescription, major + "." + minor + "." + revision);
            final PortCollector ports = new PortCollector();
            portAdder.accept(ports);
            return modelBuilder -> new DefaultNode(texts, ports.groups(), modelBuilder.apply(DefaultModel.create()));
        };
    }

    /**
     * Sets the kind of the node, once. Without it, KNIME takes a source for a node without inputs, a sink for one
     * without outputs, a manipulator for all others.
     */
    public DefaultNode nodeType(final NodeType nodeType) {
        if (type != null) {
            throw new IllegalStateException("The node \"" + texts.name() + "\" has a type already: " + type + ".");
        }
        type = nodeType;
        return this;
    }

    /** Sets the words that find the node in a search, once. */
    public DefaultNode keywords(final String... words) {
        if (!keywords.isEmpty()) {
            throw new IllegalStateException(
                    "The node \"" + texts.name() + "\" has keywords already: " + keywords + ".");
        }
        if (Arrays.asList(words).contains(null)) {
            throw new IllegalArgumentException("A keyword of the node \"" + texts.name() + "\" is null.");
        }
        keywords = List.of(words);
        return this;
    }

    /** Gives the node its view, once. */
    public DefaultNode addView(final Function<DefaultView.RequireViewParameters, DefaultView> declaration) {
        if (view.isPresent()) {
            throw new IllegalStateException("The node \"" + texts.name() + "\" has a view already.");
        }
        view = Optional.of(declaration.apply(DefaultView.create()));
        return this;
    }

    NodeDeclaration declaration() {
        final NodeType kind = Optional.ofNullable(type).orElseGet(this::typeOfPorts);
        final NodeIdentity identity =
                new NodeIdentity(texts.name(), texts.icon(), kind, texts.sinceVersion(), keywords);
        return new NodeDeclaration(
                identity,
                texts.shortDescription(),
                texts.fullDescription(),
                ports,
                model.behaviour(view.map(DefaultView::view)));
    }

    private NodeType typeOfPorts() {
        if (ports.stream().noneMatch(group -> group.side() == Side.INPUT)) {
            return NodeType.Source;
        }
        final boolean sink = ports.stream().noneMatch(group -> group.side() == Side.OUTPUT);
        return sink ? NodeType.Sink : NodeType.Manipulator;
    }

    private record Texts(
            String name, String icon, String shortDescription, String fullDescription, String sinceVersion) {

        Texts {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(icon, "icon");
            Objects.requireNonNull(shortDescription, "shortDescription");
            Objects.requireNonNull(fullDescription, "fullDescription");
        }
    }

    /** Stage: the name, as shown on the canvas. */
    public interface RequireName {

        RequireIcon name(String name);
    }

    /** Stage: the icon. */
    public interface RequireIcon {

        /** @param icon path of a 16x16 PNG, relative to the factory class */
        RequireShortDescription icon(String icon);
    }

    /** Stage: the one-line description. */
    public interface RequireShortDescription {

        /** @param shortDescription plain text as XML: &amp;amp; and &amp;lt; for the raw characters, no elements */
        RequireFullDescription shortDescription(String shortDescription);
    }

    /** Stage: the full description. */
    public interface RequireFullDescription {

        /** @param fullDescription an XML fragment with the HTML elements that node descriptions may have */
        RequireSinceVersion fullDescription(String fullDescription);
    }

    /** Stage: the version that brought the node. */
    public interface RequireSinceVersion {

        RequirePorts sinceVersion(int major, int minor, int revision);
    }

    /** Stage: parameters and behaviour. */
    public interface RequireModel {

        DefaultNode model(Function<DefaultModel.RequireModelParameters, DefaultModel> model);
    }
}
