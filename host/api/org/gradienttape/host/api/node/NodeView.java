package org.gradienttape.host.api.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.knime.core.node.port.PortObject;
import org.knime.core.webui.page.Page;
import org.knime.node.DefaultView.ViewInput;

/**
 * The view that a node declared.
 *
 * @param description an XML fragment
 * @param page        the HTML page
 * @param initialData what the page starts with, made of what the node kept
 */
public record NodeView(String description, Page page, Function<ViewInput, ?> initialData) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public NodeView {
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(page, "page");
        Objects.requireNonNull(initialData, "initialData");
    }

    /** Returns the text of the page. */
    public String html() throws IOException {
        try (InputStream content = page.getInputStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Returns the data of the page as JSON, written by the library that KNIME writes it with.
     *
     * @param kept what the node kept when it was executed
     * @throws NodeFailure if the node's function failed, or what it returned cannot be written as JSON
     */
    public String json(final Optional<PortObject[]> kept) throws NodeFailure {
        try {
            final ViewInput input = () -> kept.orElse(null);
            return JSON.writeValueAsString(initialData.apply(input));
        } catch (final JsonProcessingException | RuntimeException e) {
            throw new NodeFailure("The data of the view cannot be made: " + e.getMessage(), e);
        }
    }
}
