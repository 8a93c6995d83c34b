package org.knime.core.node.port.image;

import java.util.Objects;
import org.knime.core.data.DataType;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;

/** The type of the image that will flow. */
public final class ImagePortObjectSpec extends AbstractSimplePortObjectSpec {
    private DataType type;

    /** For the serializer. */
    public ImagePortObjectSpec() {}

    /** @param type of the image as a cell */
    public ImagePortObjectSpec(final DataType type) {
        this.type = Objects.requireNonNull(type);
    }

    public DataType getDataType() {
        return type;
    }

    @Override
    protected void save(final ModelContentWO model) {
        type.save(model);
    }

    @Override
    protected void load(final ModelContentRO model) throws InvalidSettingsException {
        type = DataType.load(model);
    }

    /** Writes the spec as the zip entry content.xml. */
    public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<ImagePortObjectSpec> {}
}
