package org.gradienttape.nodes.ports;

import java.io.IOException;
import java.util.List;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.gradienttape.data.Dataset;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;

/**
 * A dataset on its way between nodes. The samples stay in one file store, a folder with the three files of
 * {@link Dataset}; they are memory-mapped when somebody asks for them and never copied.
 */
public final class DatasetPortObject extends FileStorePortObject {
    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(DatasetPortObject.class);

    /** Saves and loads the object; named in plugin.xml. The file store travels by itself, so one mark is all there is. */
    public static final class Serializer extends PortObject.PortObjectSerializer<DatasetPortObject> {
        private static final String MARK = "dataset-in-file-store";

        @Override
        public void savePortObject(
                final DatasetPortObject object, final PortObjectZipOutputStream out, final ExecutionMonitor exec)
                throws IOException {
            out.putNextEntry(new ZipEntry(MARK));
        }

        @Override
        public DatasetPortObject loadPortObject(
                final PortObjectZipInputStream in, final PortObjectSpec spec, final ExecutionMonitor exec)
                throws IOException {
            final ZipEntry entry = in.getNextEntry();
            if (entry == null || !entry.getName().equals(MARK)) {
                throw new IOException("A saved dataset must begin with the entry " + MARK + ", but it begins with "
                        + (entry == null ? "nothing" : entry.getName()) + "; execute the Dataset Reader again.");
            }
            final DatasetPortObject object = new DatasetPortObject();
            object.spec = (DatasetPortObjectSpec) spec;
            return object;
        }
    }

    private DatasetPortObjectSpec spec;
    private Dataset dataset;

    /** For the framework, which attaches spec and file store afterwards. */
    public DatasetPortObject() {}

    /**
     * Wraps a dataset that was just written.
     *
     * @param store holds the dataset: its file is the dataset's folder
     */
    public DatasetPortObject(final Dataset dataset, final FileStore store) {
        super(List.of(store));
        this.dataset = dataset;
        this.spec = new DatasetPortObjectSpec(dataset.info());
    }

    /**
     * The samples; opened on the first call.
     *
     * @throws IOException if the files are missing or damaged
     */
    public synchronized Dataset dataset() throws IOException {
        if (dataset == null) {
            dataset = Dataset.open(getFileStore(0).getFile().toPath());
        }
        return dataset;
    }

    @Override
    public DatasetPortObjectSpec getSpec() {
        return spec;
    }

    /** For example "MNIST: 50,000 samples of 784, 10 classes". */
    @Override
    public String getSummary() {
        return spec.toString();
    }

    @Override
    public String toString() {
        return getSummary();
    }

    @Override
    public JComponent[] getViews() {
        return spec.getViews();
    }
}
