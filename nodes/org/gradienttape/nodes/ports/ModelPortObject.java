package org.gradienttape.nodes.ports;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;

/** A model on its way between nodes: its network and weights. Saved in the format of model files. */
public final class ModelPortObject implements PortObject {
    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(ModelPortObject.class);

    /** Saves and loads the object; named in plugin.xml. */
    public static final class Serializer extends PortObject.PortObjectSerializer<ModelPortObject> {
        private static final String ENTRY = "model.gradienttape";

        @Override
        public void savePortObject(
                final ModelPortObject object, final PortObjectZipOutputStream out, final ExecutionMonitor exec)
                throws IOException {
            out.setLevel(Deflater.NO_COMPRESSION); // weights do not become smaller, but that takes seconds
            out.putNextEntry(new ZipEntry(ENTRY));
            ModelFile.write(object.model, out);
        }

        @Override
        public ModelPortObject loadPortObject(
                final PortObjectZipInputStream in, final PortObjectSpec spec, final ExecutionMonitor exec)
                throws IOException {
            final ZipEntry entry = in.getNextEntry();
            if (entry == null || !entry.getName().equals(ENTRY)) {
                throw new IOException("A saved model must begin with the entry " + ENTRY + ", but it begins with "
                        + (entry == null ? "nothing" : entry.getName()) + "; execute the node that made it again.");
            }
            try {
                return new ModelPortObject(ModelFile.read(in), (ModelPortObjectSpec) spec);
            } catch (final InvalidInputException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    private final Model model;
    private final ModelPortObjectSpec spec;

    /** A model that the node made which runs now. */
    public ModelPortObject(final Model model) {
        this(model, new ModelPortObjectSpec(model.outline()));
    }

    /** A model whose layers may be those of others, too. */
    public ModelPortObject(final Model model, final ModelPortObjectSpec spec) {
        this.model = Objects.requireNonNull(model, "model");
        this.spec = Objects.requireNonNull(spec, "spec");
    }

    public Model model() {
        return model;
    }

    @Override
    public ModelPortObjectSpec getSpec() {
        return spec;
    }

    /** For example "4 layers, 784 to 10, 55,050 parameters, trained on MNIST". */
    @Override
    public String getSummary() {
        return spec
                + model.provenance()
                        .dataset()
                        .map(name -> ", trained on " + name)
                        .orElse("");
    }

    @Override
    public String toString() {
        return getSummary();
    }

    /** The layers; the code of those in Java; and the code that trained the model, if it was kept. */
    @Override
    public JComponent[] getViews() {
        return Stream.of(
                        Stream.of(spec.getViews()),
                        model.network().codeLayers().stream()
                                .flatMap(node -> Stream.of(TextView.of(
                                        "Java code of " + node.name(), ((CodeLayer) node.layer()).source()))),
                        model.code().stream().flatMap(code -> Stream.of(TextView.of("Compiled code", code))))
                .flatMap(views -> views)
                .toArray(JComponent[]::new);
    }
}
