package org.gradienttape.nodes.ports;

import java.util.Locale;
import java.util.Objects;
import javax.swing.JComponent;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetJson;
import org.gradienttape.data.Target;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;

/** What a dataset is, without its samples: enough for a successor to check shapes before anything is read. */
public final class DatasetPortObjectSpec extends AbstractSimplePortObjectSpec {
    private static final JsonFields.Source SAVED =
            new JsonFields.Source("The saved description of a dataset", "run the node that made it again");

    /** Saves and loads the spec; named in plugin.xml. */
    public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<DatasetPortObjectSpec> {}

    private DatasetInfo info;

    /** For the framework, which loads the content afterwards. */
    public DatasetPortObjectSpec() {}

    public DatasetPortObjectSpec(final DatasetInfo info) {
        this.info = Objects.requireNonNull(info, "info");
    }

    public DatasetInfo info() {
        return info;
    }

    @Override
    protected void save(final ModelContentWO model) {
        model.addBoolean("counted", isCounted());
        model.addString("dataset", DatasetJson.write(isCounted() ? info : info.withSamples(0)));
    }

    @Override
    protected void load(final ModelContentRO model) throws InvalidSettingsException {
        try {
            final DatasetInfo saved = DatasetJson.read(model.getString("dataset"), SAVED);
            info = model.getBoolean("counted", true) ? saved : saved.withSamples(DatasetInfo.NOT_COUNTED);
        } catch (final InvalidInputException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    @Override
    public JComponent[] getViews() {
        return TextView.of("Dataset", description());
    }

    /** For example "MNIST: 50,000 samples of 784, 10 classes". */
    @Override
    public String toString() {
        final String count = isCounted() ? String.format(Locale.ROOT, "%,d ", info.samples()) : "";
        return info.name() + ": " + count + "samples of " + info.sampleShape() + target();
    }

    private boolean isCounted() {
        return info.samples() != DatasetInfo.NOT_COUNTED;
    }

    private String target() {
        if (info.target() instanceof Target.Numbers numbers) {
            return ", target " + numbers;
        }
        return info.classes() == 0 ? "" : ", " + info.classes() + " classes";
    }

    private String description() {
        final String scaling =
                switch (info.scaling()) {
                    case AS_STORED -> "numbers as stored";
                    case DIVIDE_BY_255 -> "numbers divided by 255";
                    case MINUS_ONE_TO_ONE -> "numbers of 0 to 255 scaled to -1 to 1";
                };
        return this + "\n\n" + targetInFull() + "\nStored as: " + info.elementType() + ", " + scaling;
    }

    private String targetInFull() {
        if (info.target() instanceof Target.Classes classes) {
            return "Classes: "
                    + (classes.names().isEmpty()
                            ? "known when the labels are read"
                            : String.join(", ", classes.names()));
        }
        if (info.target() instanceof Target.Numbers numbers) {
            return "Target: " + numbers;
        }
        return "Target: " + (info.target() instanceof Target.Features ? "the samples themselves" : "none");
    }
}
