package org.gradienttape.nodes.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.nodes.GeneratedFiles;
import org.gradienttape.nodes.RegisteredNodes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.node.DefaultNodeFactory;

/** The pages in docs/nodes say what the nodes declare. */
class NodePagesTest {
    private static final GeneratedFiles PAGES = new GeneratedFiles("docs/nodes");
    private static final String LIST = "README.md";

    static Stream<String> nodes() {
        return RegisteredNodes.factories().stream().map(NodePagesTest::page);
    }

    @BeforeAll
    static void makeThePages() throws IOException {
        final StringBuilder list = new StringBuilder("""
                <!-- Made by ./gradienttape generate out of the nodes' declarations. -->
                # The nodes

                | | node | |
                | --- | --- | --- |
                """);
        for (final DefaultNodeFactory factory : RegisteredNodes.factories()) {
            final NodePage page = new NodePage(NodeDeclaration.of(factory));
            PAGES.write(page(factory), page.text());
            list.append(page.line(page(factory)));
        }
        list.append("\nThe pictures of the dialogs are drawn from the nodes' declarations, with nothing connected.\n");
        PAGES.write(LIST, list.toString());
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void thePageOfANodeIsWhatItDeclares(final String page) throws IOException {
        PAGES.assertCommitted(page);
    }

    @Test
    void everyNodeIsInTheList() throws IOException {
        PAGES.assertCommitted(LIST);
        PAGES.assertNoOther();
    }

    @Test
    void descriptionsBecomeMarkdown() {
        assertThat(MarkdownText.of(
                        "<p>One <i>two</i>\n   <b>three</b></p><ul><li>a &lt; 4</li><li><tt>x</tt></li></ul>"))
                .isEqualTo("One *two* **three**\n\n- a &lt; 4\n- `x`");
        assertThatThrownBy(() -> MarkdownText.of("<blink>now</blink>"))
                .hasMessage("The element <blink> has no Markdown yet; add it to MarkdownText.");
    }

    private static String page(final DefaultNodeFactory factory) {
        return RegisteredNodes.fileName(factory) + ".md";
    }
}
