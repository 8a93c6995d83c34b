package org.gradienttape.host.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.gradienttape.host.api.port.PortDeclarations;
import org.gradienttape.host.table.TestTables;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.image.ImagePortObject;
import org.knime.core.node.port.image.ImagePortObjectSpec;

/** Folders, entries and keys are those of a workflow that KNIME 5.9.0 saved. */
class SavedPortTest {
    @TempDir
    private Path node;

    private final NodeSettings ports = new NodeSettings("ports");

    @BeforeAll
    static void declare() {
        PortDeclarations.add(NoteObject.declaration());
        PortDeclarations.add(FileObject.declaration());
    }

    @Test
    void writesSpecAndObjectAsZips() throws Exception {
        save(new NoteObject("hello"), 2);

        final NodeSettings port = ports.getNodeSettings("port_2");
        assertThat(port.getInt("index")).isEqualTo(2);
        assertThat(port.getString("port_spec_class")).isEqualTo("org.gradienttape.host.port.NoteObject$Spec");
        assertThat(port.getString("port_object_class")).isEqualTo("org.gradienttape.host.port.NoteObject");
        assertThat(port.getString("port_object_summary")).isEqualTo("Note of 5 characters");
        assertThat(port.getString("port_spec_location")).isEqualTo("spec/spec.zip");
        assertThat(port.getString("port_object_location")).isEqualTo("object/portobject.zip");
        assertThat(port.getString("port_dir_location")).isEqualTo("port_2");
        assertThat(entries("port_2/spec/spec.zip")).containsExactly("portSpec.file", "content.xml");
        assertThat(entries("port_2/object/portobject.zip")).containsExactly("portObject.file", "meta.xml", "text");
    }

    @Test
    void namesTheClassInTheContentOfASpec() throws Exception {
        save(new NoteObject("hello"), 1);

        final ModelContentRO content = content("port_1/spec/spec.zip");
        assertThat(content.keySet()).containsExactly("version", "class_name", "model");
        assertThat(content.getInt("version")).isEqualTo(1);
        assertThat(content.getString("class_name")).isEqualTo("org.gradienttape.host.port.NoteObject$Spec");
        assertThat(content.getModelContent("model").getInt("length")).isEqualTo(5);
    }

    @Test
    void writesAnImageAfterItsClass() throws Exception {
        final PNGImageContent image = TestTables.image(4, 4);
        save(new ImagePortObject(image, new ImagePortObjectSpec(PNGImageContent.TYPE)), 1);

        assertThat(entries("port_1/object/portobject.zip"))
                .containsExactly("portObject.file", "meta.xml", "org.knime.core.data.image.png.PNGImageContent");
        final ImagePortObject loaded = (ImagePortObject) load("port_1", new FileStores());
        assertThat(loaded.toDataCell()).isEqualTo(image.toImageCell());
    }

    @Test
    void loadsWhatItSaved() throws Exception {
        final NoteObject note = new NoteObject("hello");
        save(note, 1);

        assertThat(load("port_1", new FileStores())).isEqualTo(note);
        assertThat(SavedPort.index(ports.getNodeSettings("port_1"))).isEqualTo(1);
    }

    @Test
    void savesATableInTheFormOfTables() throws Exception {
        final DataTableSpec spec = new DataTableSpec(new String[] {"i"}, new DataType[] {IntCell.TYPE});
        final BufferedDataTable table = TestTables.of(spec, new DefaultRow("Row0", new IntCell(1)));
        save(table, 1);

        final NodeSettings port = ports.getNodeSettings("port_1");
        assertThat(port.keySet())
                .containsExactly(
                        "index", "port_spec_class", "port_object_class", "port_object_summary", "port_dir_location");
        assertThat(port.getString("port_spec_class")).isEqualTo("org.knime.core.data.DataTableSpec");
        assertThat(port.getString("port_object_class")).isEqualTo("org.knime.core.node.BufferedDataTable");
        assertThat(node.resolve("port_1")).isDirectoryContaining("glob:**/data.zip");
        assertThat((BufferedDataTable) load("port_1", new FileStores())).containsExactlyElementsOf(table);
    }

    @Test
    void anEmptyPortHasAnEntryButNoFolder() throws Exception {
        save(null, 1);

        assertThat(ports.getNodeSettings("port_1").keySet()).containsExactly("index", "port_dir_location");
        assertThat(ports.getNodeSettings("port_1").getString("port_dir_location"))
                .isNull();
        assertThat(node).isEmptyDirectory();
        assertThat(load("port_1", new FileStores())).isNull();
    }

    @Test
    void findsFileStoresThroughTheWorkflow() throws Exception {
        final NodeSettings fileStoreSettings = new NodeSettings("filestores");
        try (FileStores running = new FileStores()) {
            final FileStoreFolder folder = running.create();
            final FileObject object = new FileObject("content", folder.create("text"));
            PortObjectCopy.flush(object);
            save(object, 1);
            folder.save(node, fileStoreSettings);
        }

        final ModelContentRO keys = ModelContent.loadFromXML(
                        Files.newInputStream(node.resolve("port_1/object/filestore.xml")))
                .getModelContent("filestore_keys");
        assertThat(keys.keySet()).containsExactly("filestore_key_0");
        final ModelContentRO key = keys.getModelContent("filestore_key_0");
        assertThat(key.keySet()).containsExactly("storeUUID", "index", "name", "iterationIndex");
        assertThat(key.getString("storeUUID")).isEqualTo(fileStoreSettings.getString("file_store_id"));
        assertThat(key.getInt("index")).isZero();
        assertThat(key.getString("name")).isEqualTo("text");
        assertThat(key.getInt("iterationIndex")).isEqualTo(-1);
        assertThat(node.resolve("filestore/000/000/text")).hasContent("content");

        final FileStores reloaded = new FileStores();
        reloaded.load(node, fileStoreSettings);
        final FileObject loaded = (FileObject) load("port_1", reloaded);
        assertThat(loaded.text()).isEqualTo("content");
        assertThat(loaded.events()).containsExactly("loaded with 0 file stores", "postConstruct with 1 file stores");
    }

    @Test
    void anObjectWhoseFileStoresAreGoneIsAnError() throws Exception {
        try (FileStores running = new FileStores()) {
            save(new FileObject("content", running.create().create("text")), 1);
        }

        assertThatThrownBy(() -> load("port_1", new FileStores()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Expected the file store \"text\" in the workflow");
    }

    @Test
    void aCutFileIsAnError() throws Exception {
        save(new NoteObject("hello"), 1);
        final Path file = node.resolve("port_1/object/portobject.zip");
        final byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> load("port_1", new FileStores())).isInstanceOf(IOException.class);
    }

    @Test
    void aLocationOutsideOfTheNodeIsAnError() throws Exception {
        save(new NoteObject("hello"), 1);
        ports.getNodeSettings("port_1").addString("port_dir_location", "../other");

        assertThatThrownBy(() -> load("port_1", new FileStores()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("\"../other\"");
    }

    private void save(final PortObject object, final int index) throws IOException, CanceledExecutionException {
        SavedPort.save(object, index, node, ports, new ExecutionMonitor());
    }

    private PortObject load(final String port, final FileStores fileStores)
            throws IOException, CanceledExecutionException, InvalidSettingsException {
        return SavedPort.load(node, ports.getNodeSettings(port), fileStores, new ExecutionMonitor());
    }

    private List<String> entries(final String file) throws IOException {
        final List<String> names = new ArrayList<>();
        try (ZipInputStream zip = open(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    private ModelContentRO content(final String file) throws IOException {
        try (ZipInputStream zip = open(file)) {
            ZipEntry entry = zip.getNextEntry();
            while (!entry.getName().equals("content.xml")) {
                entry = zip.getNextEntry();
            }
            return ModelContent.loadFromXML(zip);
        }
    }

    private ZipInputStream open(final String file) throws IOException {
        final InputStream in = new BufferedInputStream(Files.newInputStream(node.resolve(file)));
        return new ZipInputStream(in);
    }
}
