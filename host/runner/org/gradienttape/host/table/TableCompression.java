package org.gradienttape.host.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/** How the rows of a saved table are compressed: what KNIME's preference can be set to. Snappy is its default. */
enum TableCompression {
    NONE {
        @Override
        InputStream open(final InputStream in) {
            return new BufferedInputStream(in);
        }
    },
    GZIP {
        @Override
        InputStream open(final InputStream in) throws IOException {
            return new BufferedInputStream(new GZIPInputStream(in));
        }
    },
    SNAPPY {
        @Override
        InputStream open(final InputStream in) throws IOException {
            return new SnappyInput(in);
        }
    };

    private static final String KEY = "container.compression";

    /** The rows without compression. */
    abstract InputStream open(InputStream in) throws IOException;

    void save(final NodeSettingsWO settings) {
        settings.addString(KEY, name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT));
    }

    /** Reads the entry; without one it is KNIME's default. */
    static TableCompression load(final NodeSettingsRO settings) throws InvalidSettingsException {
        final String name = settings.containsKey(KEY) ? settings.getString(KEY) : SNAPPY.name();
        for (final TableCompression compression : values()) {
            if (compression.name().equalsIgnoreCase(name)) {
                return compression;
            }
        }
        throw new InvalidSettingsException("expected None, Gzip or Snappy as " + KEY + ", found \"" + name + "\"");
    }
}
