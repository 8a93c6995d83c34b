package org.gradienttape.nodes.datasettotable;

import java.util.Optional;
import org.gradienttape.nodes.UnsetText;
import org.gradienttape.nodes.table.DatasetTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.OptionalWidget;
import org.knime.node.parameters.widget.OptionalWidget.DefaultValueProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What the person at the dialog sets. */
@LoadDefaultsForAbsentFields
public final class DatasetToTableNodeParameters implements NodeParameters {
    /** What a sample becomes. The names of the constants stand in saved workflows. */
    enum SamplesAs {
        @Label(
                value = "Automatic",
                description =
                        "An image if the sample has the shape height x width x 1 or 3 channels; the row of a table as"
                                + " it was; numbers otherwise.")
        AUTOMATIC,
        @Label(
                value = "Numbers",
                description = "One column per number, scaled as they reach a network, row by row, pixel by pixel.")
        NUMBERS
    }

    /** What the limit is when somebody switches it on. */
    static final class FirstLimit implements DefaultValueProvider<Integer> {
        @Override
        public Integer computeState(final NodeParametersInput input) {
            return 1000;
        }
    }

    @Widget(title = "Samples as", description = "What a sample becomes in the table.")
    @ValueSwitchWidget
    SamplesAs samplesAs = SamplesAs.AUTOMATIC;

    @Widget(title = "Limit", description = "The most rows: the first samples. Without a limit there are all.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @OptionalWidget(defaultProvider = FirstLimit.class)
    Optional<Integer> limit = Optional.empty();

    @Override
    public void validate() throws InvalidSettingsException {
        UnsetText.refuse(this);
        if (mostRows() < 1) {
            throw new InvalidSettingsException(
                    "The limit must be at least 1, but it is " + mostRows() + "; switch it off for all samples.");
        }
    }

    DatasetTable.Samples samples() {
        return DatasetTable.Samples.valueOf(samplesAs.name());
    }

    int mostRows() {
        return limit.orElse(Integer.MAX_VALUE);
    }
}
