package org.knime.core.node.port.image;

import java.io.IOException;
import java.util.Objects;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.image.ImageContent;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.AbstractPortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;

/** An image that flows through a port. */
public class ImagePortObject extends AbstractPortObject {
    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(ImagePortObject.class);
    public static final PortType TYPE_OPTIONAL =
            PortTypeRegistry.getInstance().getPortType(ImagePortObject.class, true);

    private ImageContent content;
    private ImagePortObjectSpec spec;

    /** For the serializer. */
    public ImagePortObject() {}

    public ImagePortObject(final ImageContent content, final ImagePortObjectSpec spec) {
        this.content = Objects.requireNonNull(content);
        this.spec = Objects.requireNonNull(spec);
    }

    /** The image as a cell; a missing cell if it is not of the spec's type. */
    public DataCell toDataCell() {
        final DataCell cell = content.toImageCell();
        return spec.getDataType().isASuperTypeOf(cell.getType()) ? cell : DataType.getMissingCell();
    }

    @Override
    public String getSummary() {
        return content.getSummary();
    }

    @Override
    public ImagePortObjectSpec getSpec() {
        return spec;
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    /** Writes the image's file as an entry that is named by the class of the content. */
    @Override
    protected void save(final PortObjectZipOutputStream out, final ExecutionMonitor exec) throws IOException {
        out.putNextEntry(new ZipEntry(content.getClass().getName()));
        content.save(out);
    }

    @Override
    protected void load(final PortObjectZipInputStream in, final PortObjectSpec readSpec, final ExecutionMonitor exec)
            throws IOException {
        final ZipEntry entry = in.getNextEntry();
        if (entry == null || !entry.getName().equals(PNGImageContent.class.getName())) {
            throw new IOException("Expected a PNG image in the zip file, found "
                    + (entry == null ? "nothing." : "the entry \"" + entry.getName() + "\"."));
        }
        try {
            content = new PNGImageContent(in);
        } catch (final IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        spec = (ImagePortObjectSpec) readSpec;
    }

    /** Writes the image as the zip entries meta.xml and the image's file. */
    public static final class Serializer extends AbstractPortObjectSerializer<ImagePortObject> {}
}
