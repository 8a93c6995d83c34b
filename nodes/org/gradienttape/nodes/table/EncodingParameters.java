package org.gradienttape.nodes.table;

import java.util.List;
import org.gradienttape.column.Column;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.MissingRule;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.UnknownRule;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;

/** How the cells of a row become numbers of a sample. The names of the constants stand in saved workflows. */
@LoadDefaultsForAbsentFields
public final class EncodingParameters implements NodeParameters {
    /** What happens to numbers. */
    public enum Scaling {
        @Label(
                value = "Standardize",
                description = "The mean of the training data becomes 0 and their standard deviation 1.")
        STANDARDIZED,
        @Label(
                value = "From 0 to 1",
                description = "The smallest number of the training data becomes 0 and the largest 1.")
        ZERO_TO_ONE,
        @Label(value = "As they are", description = "Numbers stay what they are.")
        AS_IT_IS
    }

    /** What happens where a cell is missing. */
    public enum Missing {
        @Label(value = "Refuse", description = "The node fails and names the first such row.")
        REFUSE,
        @Label(value = "Leave the row out", description = "Rows with a missing feature are left out and counted.")
        LEAVE_OUT,
        @Label(
                value = "Fill in",
                description = "The mean of the training data takes the place of a missing number, their most frequent"
                        + " text that of a missing text.")
        FILL
    }

    /** What happens with texts that the training data do not have. */
    public enum Unknown {
        @Label(
                value = "Refuse",
                description = "The held-out data may not have such texts, and rows with them cannot be" + " predicted.")
        REFUSE,
        @Label(
                value = "Ignore",
                description = "All numbers of the column are 0 for such a text, so that the other columns decide.")
        OTHER
    }

    @Widget(title = "Numbers", description = """
                    What happens to the numbers of the feature columns when they reach the network. A text column becomes
                    one number for each of its texts, of which one is 1 and the others are 0. What is learned for this
                    comes from the training data alone and stays with the model.""")
    @ValueSwitchWidget
    public Scaling numbers = Scaling.STANDARDIZED;

    @Widget(title = "Missing cells", description = "What happens where a feature is missing.")
    @ValueSwitchWidget
    public Missing missing = Missing.REFUSE;

    @Widget(title = "Unknown texts", description = "What happens with a text that the training data do not have.")
    @ValueSwitchWidget
    public Unknown unknown = Unknown.OTHER;

    /** How each of these columns is to be encoded. */
    public List<ColumnRule> rules(final List<Column> columns) {
        return columns.stream()
                .map(column -> new ColumnRule(
                        column,
                        NumberScaling.valueOf(numbers.name()),
                        MissingRule.valueOf(missing.name()),
                        UnknownRule.valueOf(unknown.name())))
                .toList();
    }
}
