package org.gradienttape.host.node;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A text of a node description: KNIME parses it as an XML fragment, in which some HTML elements may stand.
 *
 * <p>A text that is no XML makes the whole node unavailable; an element in the wrong place is reported as a coding
 * problem.
 *
 * @param place what the text describes, for the message
 * @param root  the element of {@link #ALLOWED} whose content it is
 */
record Fragment(String place, String root) {

    /** The short description: text alone. */
    static final String TEXT = "short description";

    /** Descriptions of enum constants and of the fields of array elements, which become list items. */
    static final String ITEM = "li";

    /** Descriptions of parameters and ports. */
    static final String DESCRIPTION = "description";

    /** The full description of a node. */
    static final String INTRODUCTION = "introduction";

    private static final Set<String> INLINE =
            Set.of("a", "b", "i", "u", "tt", "s", "em", "code", "samp", "sup", "sub", "br");
    private static final Set<String> FLOW = union(INLINE, Set.of("ul", "ol", "dl"));
    private static final Set<String> BLOCK = union(FLOW, Set.of("p", "hr", "pre"));
    private static final Set<String> PAGE = union(BLOCK, Set.of("h3", "h4", "table"));

    /** Elements that may stand in each element; in those not named here, the inline ones may. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry(TEXT, Set.of()),
            Map.entry(DESCRIPTION, BLOCK),
            Map.entry(INTRODUCTION, PAGE),
            Map.entry("p", FLOW),
            Map.entry("li", FLOW),
            Map.entry("ul", Set.of("li")),
            Map.entry("ol", Set.of("li")),
            Map.entry("dl", Set.of("dt", "dd")),
            Map.entry("dd", PAGE),
            Map.entry("table", Set.of("tr")),
            Map.entry("tr", Set.of("th", "td")),
            Map.entry("th", PAGE),
            Map.entry("td", PAGE),
            Map.entry("br", Set.of()),
            Map.entry("hr", Set.of()));

    /** Elements in which no text may stand beside the elements. */
    private static final Set<String> WITHOUT_TEXT = Set.of("ul", "ol", "dl", "table", "tr", "br");

    /** The first problem of a text, if it has one. */
    Optional<String> problem(final String text) {
        final Element parsed;
        try {
            parsed = parser().parse(new InputSource(new StringReader("<fragment>" + text + "</fragment>")))
                    .getDocumentElement();
        } catch (final SAXException e) {
            return Optional.of(place + " is no XML (write &amp; and &lt; for the raw characters): " + e.getMessage());
        } catch (final IOException | ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's XML parser cannot be used: " + e.getMessage(), e);
        }
        return problem(root, parsed);
    }

    private static DocumentBuilder parser() throws ParserConfigurationException {
        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        final DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(new DefaultHandler());
        return builder;
    }

    private Optional<String> problem(final String parent, final Element element) {
        final Set<String> allowed = ALLOWED.getOrDefault(parent, INLINE);
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            Optional<String> problem = Optional.empty();
            if (child instanceof Element inner) {
                final String name = inner.getTagName();
                problem = allowed.contains(name)
                        ? problem(name, inner)
                        : Optional.of(place + " has an element <" + name + "> where KNIME allows "
                                + (allowed.isEmpty() ? "none." : "only " + sorted(allowed) + "."));
            } else if (WITHOUT_TEXT.contains(parent) && !child.getTextContent().isBlank()) {
                problem = Optional.of(place + " has text directly in an element <" + parent + ">.");
            }
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static String sorted(final Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }

    private static Set<String> union(final Set<String> some, final Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }
}
