package org.knime.core.node.config.base;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes the XML form of a config: one element per entry, nested by four blanks. */
final class XmlWriter {
    static final String NAMESPACE = "http://www.knime.org/2008/09/XMLConfig";

    private static final String ROOT_ATTRIBUTES = " xmlns=\"" + NAMESPACE
            + "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"" + NAMESPACE
            + " http://www.knime.org/XMLConfig_2008_09.xsd\"";

    private final Writer out;

    XmlWriter(final OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    void write(final ConfigBase root) throws IOException {
        out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        write(root, ROOT_ATTRIBUTES, "");
        out.flush();
    }

    private void write(final ConfigBase config, final String attributes, final String indent) throws IOException {
        out.write(indent + "<config" + attributes + attribute("key", config.getKey()));
        if (config.getChildCount() == 0) {
            out.write("/>\n");
            return;
        }
        out.write(">\n");
        for (final String key : config) {
            final AbstractConfigEntry entry = config.getEntry(key);
            if (entry instanceof ConfigBase child) {
                write(child, "", indent + "    ");
            } else if (entry.getType() != ConfigEntries.xtransientstring) {
                out.write(indent + "    <entry" + attributes(entry) + "/>\n");
            }
        }
        out.write(indent + "</config>\n");
    }

    private static String attributes(final AbstractConfigEntry entry) {
        final String value = entry.toStringValue();
        return attribute("key", entry.getKey())
                + attribute("type", entry.getType().name())
                + (value == null ? attribute("isnull", "true") : "")
                + attribute("value", value == null ? "" : value);
    }

    private static String attribute(final String name, final String text) {
        final StringBuilder result = new StringBuilder(" ").append(name).append("=\"");
        final String escaped = escape(text);
        for (int i = 0; i < escaped.length(); i++) {
            final char c = escaped.charAt(i);
            switch (c) {
                case '&' -> result.append("&amp;");
                case '<' -> result.append("&lt;");
                case '>' -> result.append("&gt;");
                case '"' -> result.append("&quot;");
                default -> result.append(c);
            }
        }
        return result.append('"').toString();
    }

    /** Replaces what XML cannot hold, and the first of two per cent signs, by %% and five decimal digits. */
    static String escape(final String text) {
        final StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            final boolean escapeSign = c == '%' && i + 1 < text.length() && text.charAt(i + 1) == '%';
            final boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                result.append(c).append(text.charAt(++i));
            } else if (escapeSign || c < ' ' || c > '\uFFFD' || Character.isSurrogate(c)) {
                result.append("%%").append(String.format(Locale.ROOT, "%05d", (int) c));
            } else {
                result.append(c);
            }
        }
        return result.toString();
    }
}
