package org.gradienttape.nodes.table;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.TextSplit;
import org.gradienttape.column.TokenRule;
import org.gradienttape.error.InvalidInputException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** How a column of text becomes a sequence of numbers. The names of the constants stand in saved workflows. */
@LoadDefaultsForAbsentFields
public final class TextParameters implements NodeParameters {
    /** What is said of the checkbox that shows all this. */
    public static final String SEQUENCE = """
            A column of text becomes a sequence of whole numbers, one for each word or character, as Keras'
            TextVectorization gives them: what a layer Embedding takes. A missing text that is filled in is an empty one.
            Without this, each different text is a category.""";

    /** What gets a number. */
    public enum Unit {
        @Label(value = "Words", description = "What stands between white space.")
        WORDS(TextSplit.Unit.WHITESPACE),
        @Label(value = "Characters", description = "Each character, white space too.")
        CHARACTERS(TextSplit.Unit.CHARACTER);

        private final TextSplit.Unit unit;

        Unit(final TextSplit.Unit unit) {
            this.unit = unit;
        }
    }

    /** What happens to the text before it is split. */
    public enum Standardize {
        @Label(
                value = "Lower case, no punctuation",
                description = "A to Z become small, and ASCII's punctuation goes: Don't becomes dont.")
        LOWER_AND_STRIP_PUNCTUATION,
        @Label(value = "Lower case", description = "A to Z become small.")
        LOWER,
        @Label(value = "No punctuation", description = "ASCII's punctuation goes.")
        STRIP_PUNCTUATION,
        @Label(value = "As it is", description = "The text stays as it is.")
        NONE
    }

    @Widget(title = "Tokens", description = "What gets a number.")
    @ValueSwitchWidget
    public Unit unit = Unit.WORDS;

    @Widget(title = "Standardize text", description = """
                    What happens to the text before it is split. Letters beyond A to Z stay as they are, as in Keras;
                    KNIME's String Manipulation changes those, too.""")
    @RadioButtonsWidget
    public Standardize standardize = Standardize.LOWER_AND_STRIP_PUNCTUATION;

    @Widget(title = "Vocabulary size", description = """
                    How many numbers there are at most: 0 stands where the text has ended, 1 for tokens that are not known,
                    and the others for the most frequent tokens of the training data. The input dimension of Embedding is
                    this size or more.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    public int size = 20_000;

    @Widget(
            title = "Sequence length",
            description = "How many tokens of a text count, from its first one. Shorter texts are filled with 0.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    public int length = 100;

    /** @throws InvalidInputException if a number is out of its limits */
    public TokenRule toConfig() {
        return new TokenRule(new TextSplit(TextSplit.Standardize.valueOf(standardize.name()), unit.unit, length), size);
    }

    /**
     * The same rules, with one column split.
     *
     * @param column its name
     * @param table its name, in the middle of a sentence
     * @throws InvalidInputException if the column is no feature, or none of text
     */
    public List<ColumnRule> split(final List<ColumnRule> rules, final String column, final String table) {
        if (column.isBlank()) {
            throw new InvalidInputException(
                    "No text column is chosen; choose the column of text, or switch text as a sequence off.");
        }
        final List<ColumnRule> changed = new ArrayList<>();
        boolean isFound = false;
        for (final ColumnRule rule : rules) {
            final boolean isText = rule.column().name().equals(column);
            isFound |= isText;
            changed.add(isText ? rule.withTokens(toConfig()) : rule);
            if (isText && rule.column().kind() != Kind.TEXT) {
                throw new InvalidInputException("The text column \"" + column + "\" of " + table
                        + " should hold text, but it holds " + rule.column().kind() + "; choose another one.");
            }
        }
        if (!isFound) {
            throw new InvalidInputException("The text column \"" + column
                    + "\" was expected among the feature columns of "
                    + table + ", but these are "
                    + String.join(
                            ", ",
                            rules.stream().map(rule -> rule.column().name()).toList())
                    + "; choose it there, too, or switch text as a sequence off.");
        }
        return changed;
    }
}
