package org.gradienttape.testflows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.node.Configured;
import org.gradienttape.host.node.Executed;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.image.ImagePortObject;

/** KNIME's Image Difference Checker with its equality checker: fails if the images are not the same. */
final class ImageDifferenceChecker extends KnimeNode {
    static final String FACTORY = "org.knime.testing.internal.nodes.image.ImageDifferNodeFactory";

    @Override
    void read(final NodeSettingsRO model) throws InvalidSettingsException {
        if (!(Checker.load(model) instanceof Checker.Equal)) {
            throw new InvalidSettingsException("Images are compared for equality here.");
        }
    }

    @Override
    public List<PortType> inputs() {
        return List.of(ImagePortObject.TYPE, ImagePortObject.TYPE);
    }

    @Override
    public List<PortType> outputs() {
        return List.of();
    }

    @Override
    public Configured configure(final PortObjectSpec[] inputs) {
        return new Configured(new PortObjectSpec[0], Optional.empty());
    }

    @Override
    public Executed execute(final PortObject[] inputs, final PortObjectSpec[] specs, final ExecutionContext context)
            throws NodeFailure {
        if (!Arrays.equals(bytes(inputs[0]), bytes(inputs[1]))) {
            throw new NodeFailure("Images are not equal");
        }
        return new Executed(new PortObject[0], Optional.empty(), Optional.empty());
    }

    private static byte[] bytes(final PortObject image) {
        final PNGImageValue cell = (PNGImageValue) ((ImagePortObject) image).toDataCell();
        return cell.getImageContent().getByteArray();
    }
}
