package org.gradienttape.host.port;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.gradienttape.host.api.port.PortDeclaration;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;

/** A port object whose text lies in a file; it notes what is done to it. */
public final class FileObject extends FileStorePortObject {
    private final List<String> events = new ArrayList<>();
    private final String unwritten;
    private final NoteObject.Spec spec;

    FileObject(final String text, final FileStore fileStore) {
        super(List.of(fileStore));
        unwritten = text;
        spec = new NoteObject.Spec(text.length());
    }

    private FileObject(final NoteObject.Spec spec) {
        unwritten = null;
        this.spec = spec;
        events.add("loaded with " + getFileStoreCount() + " file stores");
    }

    static PortDeclaration declaration() {
        return new PortDeclaration(
                "File", 0, FileObject.class, new Serializer(), NoteObject.Spec.class, new NoteObject.Spec.Serializer());
    }

    List<String> events() {
        return events;
    }

    String text() {
        try {
            return Files.readString(getFileStore(0).getFile().toPath());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void postConstruct() {
        events.add("postConstruct with " + getFileStoreCount() + " file stores");
    }

    @Override
    protected void flushToFileStore() throws IOException {
        events.add("flush");
        Files.writeString(getFileStore(0).getFile().toPath(), unwritten);
    }

    @Override
    public String getSummary() {
        return "File";
    }

    @Override
    public PortObjectSpec getSpec() {
        return spec;
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    public static final class Serializer extends PortObjectSerializer<FileObject> {
        @Override
        public void savePortObject(
                final FileObject object, final PortObjectZipOutputStream out, final ExecutionMonitor exec)
                throws IOException {
            object.events.add("saved");
            out.putNextEntry(new ZipEntry("nothing"));
        }

        @Override
        public FileObject loadPortObject(
                final PortObjectZipInputStream in, final PortObjectSpec spec, final ExecutionMonitor exec)
                throws IOException {
            in.getNextEntry();
            return new FileObject((NoteObject.Spec) spec);
        }
    }
}
