package org.gradienttape.nodes.pages;

import java.io.IOException;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.Text;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Turns the XML fragments of node descriptions into Markdown. */
final class MarkdownText {
    private static final String PARAGRAPH = "\n\n";

    private final StringBuilder text = new StringBuilder();

    private MarkdownText() {}

    /** The text of a fragment; paragraphs have an empty line between them. */
    static String of(final String fragment) {
        try {
            final Node root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader("<text>" + fragment + "</text>")))
                    .getDocumentElement();
            final MarkdownText markdown = new MarkdownText();
            markdown.appendChildren(root);
            return markdown.text
                    .toString()
                    .replaceAll(" *\n *", "\n")
                    .replaceAll("\n{3,}", PARAGRAPH)
                    .strip();
        } catch (final SAXException | IOException | ParserConfigurationException e) {
            throw new IllegalArgumentException("This is no XML fragment: " + fragment, e);
        }
    }

    private void appendChildren(final Node parent) {
        final NodeList children = parent.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            append(children.item(i));
        }
    }

    private void append(final Node node) {
        if (node instanceof Text words) {
            text.append(
                    words.getData().replaceAll("\\s+", " ").replace("<", "&lt;").replace("*", "\\*"));
            return;
        }
        switch (node.getNodeName()) {
            case "p", "ul", "ol" -> surround(PARAGRAPH, node, PARAGRAPH);
            case "li" -> surround("\n- ", node, "");
            case "br" -> text.append("\n");
            case "i", "em" -> surround("*", node, "*");
            case "b" -> surround("**", node, "**");
            case "tt", "code", "samp" -> surround("`", node, "`");
            case "pre" ->
                text.append("\n\n```\n").append(node.getTextContent().strip()).append("\n```\n\n");
            case "a" ->
                surround(
                        "[",
                        node,
                        "](" + node.getAttributes().getNamedItem("href").getNodeValue() + ")");
            case "h3", "h4" -> surround("\n\n### ", node, PARAGRAPH);
            default ->
                throw new IllegalArgumentException(
                        "The element <" + node.getNodeName() + "> has no Markdown yet; add it to MarkdownText.");
        }
    }

    private void surround(final String before, final Node node, final String after) {
        text.append(before);
        appendChildren(node);
        text.append(after);
    }
}
