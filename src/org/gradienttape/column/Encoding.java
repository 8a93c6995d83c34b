package org.gradienttape.column;

import java.util.List;
import org.gradienttape.error.InvalidInputException;

/**
 * How the rows of a table become samples. Two that are equal make the same features of the same rows.
 *
 * @param columns at least one, each of another name, in the order of their features
 */
public record Encoding(List<ColumnEncoding> columns) {
    public Encoding {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new InvalidInputException(
                    "At least one feature column was expected, but there is none; choose columns to learn from.");
        }
        Column.checkNames(columns.stream().map(ColumnEncoding::name).toList(), "the feature columns");
        final long width = columns.stream().mapToLong(ColumnEncoding::width).sum();
        if (width > Integer.MAX_VALUE) {
            throw new InvalidInputException("The columns may become at most " + Integer.MAX_VALUE
                    + " features, but they become " + width + "; leave out columns of many categories.");
        }
    }

    /** How many features a row becomes. */
    public int width() {
        return columns.stream().mapToInt(ColumnEncoding::width).sum();
    }

    /** How each feature is called, for people: "age", "color=red". */
    public List<String> featureNames() {
        return columns.stream()
                .flatMap(column -> column.featureNames().stream())
                .toList();
    }

    /** Features of a row back in the units of their columns; those of text stay as they are. */
    public double[] decoded(final float[] features) {
        final double[] numbers = new double[features.length];
        int feature = 0;
        for (final ColumnEncoding column : columns) {
            for (final int end = feature + column.width(); feature < end; feature++) {
                numbers[feature] =
                        column instanceof NumberEncoding number ? number.number(features[feature]) : features[feature];
            }
        }
        return numbers;
    }

    /** The columns that a table must have. */
    public List<Column> inputs() {
        return columns.stream()
                .map(column -> new Column(column.name(), column.kind()))
                .toList();
    }
}
