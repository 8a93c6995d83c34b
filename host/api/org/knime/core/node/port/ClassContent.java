package org.knime.core.node.port;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.gradienttape.host.api.port.UnclosedStreams;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;

/** The XML entry in which a port object or spec names its class. */
final class ClassContent {
    private static final String CLASS_NAME = "class_name";

    private ClassContent() {}

    /** New content that names the class of the object. */
    static ModelContent of(final String key, final Object object) {
        final ModelContent content = new ModelContent(key);
        content.addInt("version", 1);
        content.addString(CLASS_NAME, object.getClass().getName());
        return content;
    }

    static void write(final ModelContent content, final String entry, final ZipOutputStream out) throws IOException {
        out.putNextEntry(new ZipEntry(entry));
        content.saveToXML(UnclosedStreams.of(out));
    }

    static ModelContentRO read(final String entry, final ZipInputStream in) throws IOException {
        final ZipEntry found = in.getNextEntry();
        if (found == null || !found.getName().equals(entry)) {
            throw new IOException("Expected the zip entry \"" + entry + "\", found "
                    + (found == null ? "none." : "\"" + found.getName() + "\"."));
        }
        return ModelContent.loadFromXML(UnclosedStreams.of(in));
    }

    static String className(final ModelContentRO content) throws IOException {
        try {
            return content.getString(CLASS_NAME);
        } catch (final InvalidSettingsException e) {
            throw new IOException("Expected the class of a port object: " + e.getMessage(), e);
        }
    }

    /** A new object of the registered class of that name, by its public constructor without parameters. */
    static <T> T create(final String name, final Optional<? extends Class<?>> registered, final Class<T> parent)
            throws IOException {
        final Class<?> type = registered
                .filter(parent::isAssignableFrom)
                .orElseThrow(() -> new IOException("Expected a registered class that extends " + parent.getSimpleName()
                        + ", found \"" + name + "\"; is its extension installed?"));
        try {
            return parent.cast(type.getConstructor().newInstance());
        } catch (final NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IOException(
                    "Expected a public constructor without parameters in \"" + name + "\", found none that works.", e);
        }
    }
}
