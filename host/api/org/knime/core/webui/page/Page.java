package org.knime.core.webui.page;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;

/** An HTML page as the nodes declare it: one text, made anew each time the page is opened. */
public class Page {

    private final StringSupplier content;
    private final String relativePath;

    private Page(final StringSupplier content, final String relativePath) {
        this.content = Objects.requireNonNull(content, "content");
        this.relativePath = Objects.requireNonNull(relativePath, "relativePath");
    }

    /** Begins a page; each stage leads to the next. */
    public static RequireFromFileOrString create() {
        return content -> relativePath -> new Page(content, relativePath);
    }

    /** The page's text in UTF-8. */
    public InputStream getInputStream() throws IOException {
        return new ByteArrayInputStream(content.get().getBytes(StandardCharsets.UTF_8));
    }

    /** Where the page stands below the address that the platform gives it; its ending tells what it is. */
    public String getRelativePath() {
        return relativePath;
    }

    /** Stage: where the text comes from. */
    public interface RequireFromFileOrString {

        RequireRelativePath fromString(StringSupplier content);
    }

    /** Stage: the address. */
    public interface RequireRelativePath {

        Page relativePath(String relativePath);
    }

    /** Makes the text of a page. */
    @FunctionalInterface
    public interface StringSupplier extends Supplier<String> {}
}
