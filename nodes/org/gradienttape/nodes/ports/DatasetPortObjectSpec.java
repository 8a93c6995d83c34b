package org.gradienttape.nodes.ports;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.swing.JComponent;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;

/** What a dataset is, without its samples: enough for a successor to check shapes before anything is read. */
public final class DatasetPortObjectSpec extends AbstractSimplePortObjectSpec {
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
        model.addString("name", info.name());
        model.addInt("samples", info.samples());
        model.addIntArray(
                "sampleShape",
                info.sampleShape().dimensions().stream()
                        .mapToInt(Integer::intValue)
                        .toArray());
        model.addString("elementType", info.elementType().name());
        model.addString("scaling", info.scaling().name());
        model.addStringArray("classNames", info.classNames().toArray(String[]::new));
    }

    @Override
    protected void load(final ModelContentRO model) throws InvalidSettingsException {
        try {
            info = new DatasetInfo(
                    model.getString("name"),
                    model.getInt("samples"),
                    new Shape(Arrays.stream(model.getIntArray("sampleShape"))
                            .boxed()
                            .toList()),
                    ElementType.valueOf(model.getString("elementType")),
                    Scaling.valueOf(model.getString("scaling")),
                    List.of(model.getStringArray("classNames")));
        } catch (final InvalidInputException | IllegalArgumentException e) {
            throw new InvalidSettingsException("The saved description of a dataset is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public JComponent[] getViews() {
        return TextView.of("Dataset", description());
    }

    /** For example "MNIST: 50,000 samples of 784, 10 classes". */
    @Override
    public String toString() {
        final String classes = info.classes() == 0 ? "" : ", " + info.classes() + " classes";
        return String.format(
                Locale.ROOT, "%s: %,d samples of %s%s", info.name(), info.samples(), info.sampleShape(), classes);
    }

    private String description() {
        final String classes =
                info.classes() == 0 ? "known when the labels are read" : String.join(", ", info.classNames());
        final String scaling =
                switch (info.scaling()) {
                    case AS_STORED -> "numbers as stored";
                    case DIVIDE_BY_255 -> "numbers divided by 255";
                    case MINUS_ONE_TO_ONE -> "numbers of 0 to 255 scaled to -1 to 1";
                };
        return this + "\n\nClasses: " + classes + "\nStored as: " + info.elementType() + ", " + scaling;
    }
}
