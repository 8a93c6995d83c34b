package org.knime.core.node.config.base;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.gradienttape.host.api.text.Sentence;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads the XML form of a config, strictly: an unknown element, type or value is an error. */
final class XmlReader extends DefaultHandler {
    /** Many times what nodes have; more of them would not fit onto the stack when they are copied or written. */
    private static final int DEEPEST = 200;

    /** Of what is said about a mistake, which may quote a text of any length. */
    private static final int LONGEST_MESSAGE = 400;

    private static final Pattern ESCAPE = Pattern.compile("%%(\\d{5})");

    private final ConfigBase root;
    private final Deque<ConfigBase> open = new ArrayDeque<>();

    private XmlReader(final ConfigBase root) {
        this.root = root;
    }

    static void read(final InputStream in, final ConfigBase target) throws IOException {
        try {
            final SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.newSAXParser().parse(new InputSource(in), new XmlReader(target));
        } catch (final SAXException e) {
            throw new IOException(
                    "Expected settings in XML, found: "
                            + Sentence.beginning(String.valueOf(e.getMessage()), LONGEST_MESSAGE),
                    e);
        } catch (final ParserConfigurationException e) {
            throw new IOException("This Java has no XML parser for settings: " + e.getMessage(), e);
        }
    }

    @Override
    public void startElement(final String uri, final String localName, final String name, final Attributes attributes)
            throws SAXException {
        if (localName.equals("config")) {
            if (open.size() == DEEPEST) {
                throw new SAXException("configs in one another, more than " + DEEPEST);
            }
            open.push(open.isEmpty() ? root : open.peek().addConfigBase(key(attributes)));
        } else if (localName.equals("entry") && !open.isEmpty()) {
            open.peek().put(entry(attributes));
        } else {
            throw new SAXException("the element <" + name + ">, which is no <config> and no <entry> in one");
        }
    }

    @Override
    public void endElement(final String uri, final String localName, final String name) {
        if (localName.equals("config")) {
            open.pop();
        }
    }

    private static ValueEntry entry(final Attributes attributes) throws SAXException {
        final String key = key(attributes);
        final String type = required(attributes, "type", key);
        final String value = required(attributes, "value", key);
        final boolean isNull = "true".equals(attributes.getValue("isnull"));
        try {
            return new ValueEntry(key, ConfigEntries.valueOf(type), isNull ? null : unescape(value));
        } catch (final IllegalArgumentException e) {
            throw new SAXException(
                    "the entry \"" + key + "\" of type " + type + " with the value \"" + value + "\"", e);
        }
    }

    private static String key(final Attributes attributes) throws SAXException {
        final String key = unescape(required(attributes, "key", ""));
        if (key.isEmpty()) {
            throw new SAXException("an element with an empty key");
        }
        return key;
    }

    private static String required(final Attributes attributes, final String name, final String key)
            throws SAXException {
        final String value = attributes.getValue(name);
        if (value == null) {
            throw new SAXException("an element without the attribute \"" + name + "\" (key \"" + key + "\")");
        }
        return value;
    }

    static String unescape(final String text) {
        final Matcher matcher = ESCAPE.matcher(text);
        final StringBuilder result = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            final int code = Integer.parseInt(matcher.group(1));
            final boolean character = code <= Character.MAX_VALUE;
            result.append(text, end, matcher.start()).append(character ? String.valueOf((char) code) : matcher.group());
            end = matcher.end();
        }
        return result.append(text.substring(end)).toString();
    }
}
