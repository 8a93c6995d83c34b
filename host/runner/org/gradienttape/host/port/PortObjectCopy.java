package org.gradienttape.host.port;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.gradienttape.host.api.port.FileStoreAccess;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;

/** The copy of a port object that each consumer gets. */
public final class PortObjectCopy {
    private PortObjectCopy() {}

    /**
     * Copies through the serializers: the spec is saved and loaded, the object is saved and loaded, then the file
     * stores of the original are attached. A table is given out as it is.
     *
     * @throws IOException if the class is not declared, or what was saved cannot be loaded
     */
    public static PortObject of(final PortObject object, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        if (object instanceof BufferedDataTable) {
            return object;
        }
        final ByteArrayOutputStream specBytes = new ByteArrayOutputStream();
        PortZips.saveSpec(object.getSpec(), specBytes);
        final PortObjectSpec spec =
                PortZips.loadSpec(object.getSpec().getClass(), new ByteArrayInputStream(specBytes.toByteArray()));
        final ByteArrayOutputStream objectBytes = new ByteArrayOutputStream();
        PortZips.saveObject(object, objectBytes, exec);
        final PortObject copy =
                PortZips.loadObject(object.getClass(), new ByteArrayInputStream(objectBytes.toByteArray()), spec, exec);
        if (object instanceof FileStorePortObject source) {
            final FileStoreAccess access = FileStoreAccess.get();
            access.attach((FileStorePortObject) copy, access.fileStores(source));
        }
        return copy;
    }

    /** Has a fresh output of an execution write to its file stores what is still in memory. */
    public static void flush(final PortObject object) throws IOException {
        if (object instanceof FileStorePortObject fileStoreObject) {
            FileStoreAccess.get().flush(fileStoreObject);
        }
    }
}
