package org.gradienttape.host.saved;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.gradienttape.host.api.text.Sentence;
import org.gradienttape.host.folder.FileTrouble;
import org.gradienttape.host.folder.PlainFile;
import org.knime.core.node.NodeSettings;

/** Settings in KNIME's XML form, as a file. */
public final class SettingsFile {

    private SettingsFile() {}

    /**
     * Reads a file.
     *
     * @throws IOException with a sentence that names the file
     */
    public static NodeSettings read(final Path file) throws IOException {
        try (InputStream in = PlainFile.open(file)) {
            return (NodeSettings) NodeSettings.loadFromXML(in);
        } catch (final NoSuchFileException e) {
            throw new IOException("The file " + file + " is missing.", e);
        } catch (final IOException e) {
            throw new IOException(
                    Sentence.readable(
                            "The file " + file + " cannot be read as KNIME settings: " + FileTrouble.reason(e) + "."),
                    e);
        }
    }

    /** Writes a file; what stood in it is gone. */
    static void write(final NodeSettings settings, final Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.saveToXML(out);
        }
    }
}
