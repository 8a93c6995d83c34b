package org.gradienttape.host.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.gradienttape.host.api.port.PortDeclaration;
import org.gradienttape.host.api.port.PortDeclarations;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;
import org.knime.core.node.port.PortObject.PortObjectSerializer;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;

/** A port type for the tests of the runner: a title in the object, and a text in a file store. */
public final class TestTexts {

    static {
        PortDeclarations.add(new PortDeclaration(
                "Text", 0, TextObject.class, new TextSerializer(), TextSpec.class, new TextSpecSerializer()));
    }

    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(TextObject.class);

    private TestTexts() {}

    /** Says nothing. */
    public static final class TextSpec extends AbstractSimplePortObjectSpec {
        public TextSpec() {}

        @Override
        protected void save(final ModelContentWO model) {
            model.addString("language", "en");
        }

        @Override
        protected void load(final ModelContentRO model) {}
    }

    /** A title with a text. */
    public static final class TextObject extends FileStorePortObject {
        private final String title;

        TextObject(final String title, final String text, final FileStore file) {
            super(List.of(file));
            this.title = title;
            try {
                Files.writeString(file.getFile().toPath(), text);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private TextObject(final String title) {
            this.title = title;
        }

        /** Reads the text from its file. */
        String text() {
            try {
                return Files.readString(getFileStore(0).getFile().toPath());
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String getSummary() {
            return "A text called " + title;
        }

        @Override
        public PortObjectSpec getSpec() {
            return new TextSpec();
        }

        @Override
        public JComponent[] getViews() {
            return new JComponent[0];
        }
    }

    /** Writes the title; the text stays in its file. */
    public static final class TextSerializer extends PortObjectSerializer<TextObject> {
        @Override
        public void savePortObject(
                final TextObject object, final PortObjectZipOutputStream out, final ExecutionMonitor exec)
                throws IOException {
            out.putNextEntry(new ZipEntry("title.txt"));
            out.write(object.title.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public TextObject loadPortObject(
                final PortObjectZipInputStream in, final PortObjectSpec spec, final ExecutionMonitor exec)
                throws IOException {
            in.getNextEntry();
            return new TextObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Writes specs. */
    public static final class TextSpecSerializer
            extends AbstractSimplePortObjectSpec.AbstractSimplePortObjectSpecSerializer<TextSpec> {}
}
