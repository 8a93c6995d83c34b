package org.gradienttape.host.node;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.knime.core.node.NodeSettings;

/** Settings from and to the lines of their XML form, without the enclosing element. */
final class Settings {

    private Settings() {}

    static NodeSettings of(final String lines) throws IOException {
        final String xml =
                "<config xmlns=\"http://www.knime.org/2008/09/XMLConfig\" key=\"model\">" + lines + "</config>";
        final NodeSettings settings = new NodeSettings("model");
        settings.load(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        return settings;
    }

    static String lines(final NodeSettings settings) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        settings.saveToXML(out);
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(" "))
                .map(line -> line.substring(4) + "\n")
                .collect(Collectors.joining());
    }
}
