package org.gradienttape.host.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObject.PortObjectSerializer;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectSpec.PortObjectSpecSerializer;
import org.knime.core.node.port.PortObjectSpecZipInputStream;
import org.knime.core.node.port.PortObjectSpecZipOutputStream;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortTypeRegistry;
import org.knime.core.node.port.PortUtil;

/** Port objects and specs as zip files, through the serializers that their bundles declare. */
final class PortZips {
    private PortZips() {}

    /** Closes the stream. */
    static void saveSpec(final PortObjectSpec spec, final OutputStream out) throws IOException {
        try (PortObjectSpecZipOutputStream zip = PortUtil.getPortObjectSpecZipOutputStream(out)) {
            saveSpec(spec.getClass(), spec, zip);
        }
    }

    private static <T extends PortObjectSpec> void saveSpec(
            final Class<T> type, final PortObjectSpec spec, final PortObjectSpecZipOutputStream zip)
            throws IOException {
        specSerializer(type).savePortObjectSpec(type.cast(spec), zip);
    }

    /** Closes the stream. */
    static <T extends PortObjectSpec> T loadSpec(final Class<T> type, final InputStream in) throws IOException {
        try (PortObjectSpecZipInputStream zip = PortUtil.getPortObjectSpecZipInputStream(in)) {
            final T spec = specSerializer(type).loadPortObjectSpec(zip);
            if (spec == null) {
                throw new IOException("Expected the serializer of " + type.getName() + " to load a spec, found null.");
            }
            return spec;
        } catch (final IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    /** Closes the stream. */
    static void saveObject(final PortObject object, final OutputStream out, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        try (PortObjectZipOutputStream zip = PortUtil.getPortObjectZipOutputStream(out)) {
            saveObject(object.getClass(), object, zip, exec);
        }
    }

    private static <T extends PortObject> void saveObject(
            final Class<T> type,
            final PortObject object,
            final PortObjectZipOutputStream zip,
            final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        objectSerializer(type).savePortObject(type.cast(object), zip, exec);
    }

    /** Closes the stream; file stores are not attached yet. */
    static <T extends PortObject> T loadObject(
            final Class<T> type, final InputStream in, final PortObjectSpec spec, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        try (PortObjectZipInputStream zip = PortUtil.getPortObjectZipInputStream(in)) {
            final T object = objectSerializer(type).loadPortObject(zip, spec, exec);
            if (object == null) {
                throw new IOException(
                        "Expected the serializer of " + type.getName() + " to load an object, found null.");
            }
            return object;
        } catch (final IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    /** What the JDK throws for the name of an entry that is no text. */
    private static IOException damaged(final IllegalArgumentException cause) {
        return new IOException("The zip file of a saved output is damaged; reset and execute the node.", cause);
    }

    private static <T extends PortObject> PortObjectSerializer<T> objectSerializer(final Class<T> type)
            throws IOException {
        return PortTypeRegistry.getInstance()
                .getObjectSerializer(type)
                .orElseThrow(() -> undeclared("port object", type));
    }

    private static <T extends PortObjectSpec> PortObjectSpecSerializer<T> specSerializer(final Class<T> type)
            throws IOException {
        return PortTypeRegistry.getInstance().getSpecSerializer(type).orElseThrow(() -> undeclared("spec", type));
    }

    private static IOException undeclared(final String kind, final Class<?> type) {
        return new IOException("Expected a declared serializer for the " + kind + " class " + type.getName()
                + ", found none; its bundle must declare the port type.");
    }
}
