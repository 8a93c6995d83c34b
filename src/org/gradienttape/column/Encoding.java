package org.gradienttape.column;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;

/**
 * How the rows of a table become samples. Two that are equal make the same features of the same rows.
 *
 * @param columns at least one, each of another name, in the order of their features
 * @param windows how several rows become one sample; empty if each row is one
 */
public record Encoding(List<ColumnEncoding> columns, Optional<Windows> windows) {
    public Encoding {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new InvalidInputException(
                    "At least one feature column was expected, but there is none; choose columns to learn from.");
        }
        Column.checkNames(columns.stream().map(ColumnEncoding::name).toList(), "the feature columns");
        if (windows.isPresent()) {
            checkNoTokens(columns);
        }
        final long width = columns.stream().mapToLong(ColumnEncoding::width).sum();
        final long size = width * windows.map(Windows::length).orElse(1);
        if (width > Integer.MAX_VALUE || size > Integer.MAX_VALUE) {
            throw new InvalidInputException("The columns may become at most " + Integer.MAX_VALUE
                    + " features, but they become " + size + "; leave out columns of many categories"
                    + (windows.isPresent() ? ", or make windows shorter." : "."));
        }
    }

    private static void checkNoTokens(final List<ColumnEncoding> columns) {
        for (final ColumnEncoding column : columns) {
            if (column instanceof TokenEncoding text) {
                throw noTokens(text.name(), text.split());
            }
        }
    }

    /** Why a column whose texts are split makes no windows over time. */
    public static InvalidInputException noTokens(final String column, final TextSplit split) {
        return new InvalidInputException("Windows over time are made of numbers and categories, but the column \""
                + column + "\" is split into " + split.unit() + "; leave it out, or let each row be a sample.");
    }

    /** Each row is a sample. */
    public Encoding(final List<ColumnEncoding> columns) {
        this(columns, Optional.empty());
    }

    /** How many features a row becomes. */
    public int width() {
        return columns.stream().mapToInt(ColumnEncoding::width).sum();
    }

    /** How many rows a sample is made of. */
    public int rows() {
        return windows.map(Windows::length).orElse(1);
    }

    /** How each feature of a sample is called, for people: "age", "color=red"; "sales(-2)" for that of two rows before. */
    public List<String> featureNames() {
        final List<String> ofRow = columns.stream()
                .flatMap(column -> column.featureNames().stream())
                .toList();
        final List<String> names = new ArrayList<>();
        for (int before = rows() - 1; before >= 0; before--) {
            final String suffix = before == 0 ? "" : "(-" + before + ")";
            ofRow.forEach(name -> names.add(name + suffix));
        }
        return List.copyOf(names);
    }

    /** Features of a sample back in the units of their columns; those of text stay as they are. */
    public double[] decoded(final float[] features) {
        final double[] numbers = new double[features.length];
        int feature = 0;
        while (feature < features.length) {
            for (final ColumnEncoding column : columns) {
                for (final int end = feature + column.width(); feature < end; feature++) {
                    numbers[feature] = column instanceof NumberEncoding number
                            ? number.number(features[feature])
                            : features[feature];
                }
            }
        }
        return numbers;
    }

    /** The columns that are encoded. */
    public List<Column> features() {
        return columns.stream()
                .map(column -> new Column(column.name(), column.kind()))
                .toList();
    }

    /** The columns that a table must have. */
    public List<Column> inputs() {
        final List<Column> inputs = new ArrayList<>(features());
        windows.ifPresent(known -> inputs.addAll(known.columns()));
        return inputs;
    }
}
