package org.gradienttape.column;

import java.util.List;
import java.util.Optional;

/**
 * How a column is to be encoded; the numbers and texts for it are learned.
 *
 * @param column of the training data
 * @param scaling of numbers; of no meaning for text
 * @param missing what happens where a cell is missing
 * @param unknown what happens with a text that the training data do not have; of no meaning for numbers
 * @param tokens how a text becomes a sequence of numbers; empty if it is a category, and for numbers
 */
public record ColumnRule(
        Column column, NumberScaling scaling, MissingRule missing, UnknownRule unknown, Optional<TokenRule> tokens) {
    /** Texts are categories. */
    public ColumnRule(
            final Column column, final NumberScaling scaling, final MissingRule missing, final UnknownRule unknown) {
        this(column, scaling, missing, unknown, Optional.empty());
    }

    /** The same column with its texts split. */
    public ColumnRule withTokens(final TokenRule other) {
        return new ColumnRule(column, scaling, missing, unknown, Optional.of(other));
    }

    /** The same column as it is stored. */
    public StoredColumn stored(final List<String> texts) {
        return new StoredColumn(column, texts, tokens.map(TokenRule::split));
    }

    /** Where the cells of each column begin in a row, and behind them how many cells a row has. */
    public static int[] firstCells(final List<ColumnRule> rules) {
        return StoredColumn.firstCells(
                rules.stream().map(rule -> rule.stored(List.of())).toList());
    }
}
