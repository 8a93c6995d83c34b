package org.knime.node;

import java.util.Objects;
import java.util.function.Function;
import org.gradienttape.host.api.node.NodeView;
import org.knime.core.node.port.PortObject;
import org.knime.core.webui.page.Page;

/** A view of a node: its description, its page, and the data that the page starts with. */
public final class DefaultView {

    private final String description;
    private final Page page;
    private Function<ViewInput, ?> initialData = input -> null;

    private DefaultView(final String description, final Page page) {
        this.description = Objects.requireNonNull(description, "description");
        this.page = Objects.requireNonNull(page, "page");
    }

    static RequireViewParameters create() {
        return () -> description -> page -> new DefaultView(description, page.apply(Page.create()));
    }

    /** Sets what the page starts with. */
    public <D> DefaultView initialData(final Function<RequireInitialData, DefaultInitialData<D>> data) {
        initialData = data.apply(new InitialDataStage()).data;
        return this;
    }

    NodeView view() {
        return new NodeView(description, page, initialData);
    }

    /** Stage: the settings of the view. */
    public interface RequireViewParameters {

        /** For a view that has nothing to set in KNIME's dialog. */
        RequireDescription withoutParameters();
    }

    /** Stage: the description. */
    public interface RequireDescription {

        /** @param description an XML fragment, part of the node description */
        RequirePage description(String description);
    }

    /** Stage: the page. */
    public interface RequirePage {

        DefaultView page(Function<Page.RequireFromFileOrString, Page> page);
    }

    /** Stage: the data. */
    public interface RequireInitialData {

        /** @param data is called each time the page is opened; what it returns reaches the page as JSON, by Jackson */
        <D> DefaultInitialData<D> data(Function<ViewInput, D> data);
    }

    /**
     * The data that a page starts with.
     *
     * @param <D> their type
     */
    public static final class DefaultInitialData<D> {

        private final Function<ViewInput, D> data;

        private DefaultInitialData(final Function<ViewInput, D> data) {
            this.data = Objects.requireNonNull(data, "data");
        }
    }

    /** What the data are made of. */
    public interface ViewInput {

        /** What the node kept with setInternalData; null if the node is not executed or kept nothing. */
        PortObject[] getInternalPortObjects();
    }

    private static final class InitialDataStage implements RequireInitialData {

        @Override
        public <D> DefaultInitialData<D> data(final Function<ViewInput, D> data) {
            return new DefaultInitialData<>(data);
        }
    }
}
