package org.gradienttape.nodes.ports;

import java.util.List;
import java.util.Locale;
import javax.swing.JComponent;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Target;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Branch;
import org.gradienttape.layer.LayerSummary;
import org.gradienttape.layer.Network;
import org.gradienttape.model.NetworkJson;
import org.gradienttape.model.Outline;
import org.gradienttape.model.PreprocessingJson;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;

/** The layers of a model, without its weights: enough for a successor to check shapes before anything is trained. */
public final class ModelPortObjectSpec extends AbstractSimplePortObjectSpec {
    /** Saves and loads the spec; named in plugin.xml. */
    public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<ModelPortObjectSpec> {}

    private Outline model;
    private Branch branch;

    /** For the framework, which loads the content afterwards. */
    public ModelPortObjectSpec() {}

    /** Of a model that the node makes which runs now; its layers are those of no other model. */
    public ModelPortObjectSpec(final Outline model) {
        this(Branch.of(model.network(), NodeNumber.current()), model.preprocessing());
    }

    /** Of a model whose layers may be those of others, too. */
    public ModelPortObjectSpec(final Branch branch, final Preprocessing preprocessing) {
        this.model = new Outline(branch.network(), preprocessing);
        this.branch = branch;
    }

    /** Of a model that has learned nothing yet. */
    public ModelPortObjectSpec(final Network network) {
        this(new Outline(network, Preprocessing.UNKNOWN));
    }

    /** The model without its weights. */
    public Outline model() {
        return model;
    }

    public Network network() {
        return model.network();
    }

    /** The network with the identities of its layers. */
    public Branch branch() {
        return branch;
    }

    @Override
    protected void save(final ModelContentWO content) {
        content.addString("origin", branch.origin());
        content.addString("layers", String.join(" ", branch.ids()));
        content.addString("network", NetworkJson.write(model.network()));
        content.addString("preprocessing", PreprocessingJson.write(model.preprocessing()));
    }

    @Override
    protected void load(final ModelContentRO content) throws InvalidSettingsException {
        try {
            model = new Outline(
                    NetworkJson.read(content.getString("network")),
                    PreprocessingJson.read(content.getString("preprocessing")));
            final String ids = content.getString("layers");
            branch = new Branch(
                    model.network(), content.getString("origin"), ids.isEmpty() ? List.of() : List.of(ids.split(" ")));
        } catch (final InvalidInputException e) {
            throw new InvalidSettingsException("The saved description of a model is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public JComponent[] getViews() {
        return TextView.of("Model", description());
    }

    /** For example "4 layers, 784 to 10, 55,050 parameters". */
    @Override
    public String toString() {
        final Network network = model.network();
        final int layers = network.nodes().size();
        return String.format(
                Locale.ROOT,
                "%d %s, %s to %s, %,d parameters%s",
                layers,
                layers == 1 ? "layer" : "layers",
                network.input(),
                network.output(),
                network.parameterCount(),
                network.holdsCode() ? ", with Java code" : "");
    }

    private String description() {
        final StringBuilder text = new StringBuilder(toString()).append("\n\n");
        for (final LayerSummary.Row row : LayerSummary.of(model.network()).rows()) {
            text.append(String.format(
                    Locale.ROOT, "%-28s %-24s %-14s %,d\n", row.name(), row.type(), row.output(), row.parameters()));
        }
        final Preprocessing known = model.preprocessing();
        if (!known.classNames().isEmpty()) {
            text.append("\nClasses: ").append(String.join(", ", known.classNames()));
        }
        if (known.target() instanceof Target.Numbers numbers) {
            text.append("\nPredicts: ").append(numbers);
        }
        known.pixels().ifPresent(pixels -> text.append("\nPixels: ").append(pixels.range()));
        return text.toString();
    }
}
