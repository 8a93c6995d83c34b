package org.gradienttape.data.csv;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Tells whether the first line of a CSV file holds the names of its columns, and which of them names the labels.
 *
 * @param cells what the cells mean
 */
record ColumnNames(CsvCells cells) {
    private static final Set<String> OF_LABELS = Set.of("label", "class", "target");

    /** Fewer numbers may be at the same distance by chance. */
    private static final int SHORTEST_SCALE = 8;

    private static final double TOLERANCE = 1e-9;

    /**
     * Whether the first line holds names. A line with a number is a row, unless one of its texts stands above a number or
     * names the labels, or the numbers are a scale: they count the columns, as pandas writes them, or are wavelengths.
     *
     * @param below what the columns hold below it, where they hold something
     */
    boolean are(final List<String> first, final List<Optional<String>> below) {
        final double[] numbers = numbers(first);
        return numbers.length == 0
                || first.stream().anyMatch(ColumnNames::namesLabels)
                || standsAboveANumber(first, below)
                || areScale(numbers);
    }

    /** Whether a first line that was taken for names could be a row, too. */
    boolean couldBeARow(final List<String> first) {
        return numbers(first).length > 0 && first.stream().noneMatch(ColumnNames::namesLabels);
    }

    /** The only column that is named label, class or target; otherwise the last one. */
    static int ofLabels(final List<String> names) {
        final int[] named = IntStream.range(0, names.size())
                .filter(column -> namesLabels(names.get(column)))
                .toArray();
        return named.length == 1 ? named[0] : names.size() - 1;
    }

    /** The place of a column that is called so or, if none is, has this number from 1. */
    static Optional<Integer> find(final String wanted, final List<String> names) {
        final int called = names.indexOf(wanted);
        if (called >= 0) {
            return Optional.of(called);
        }
        return wanted.matches("[1-9]\\d{0,6}") && Integer.parseInt(wanted) <= names.size()
                ? Optional.of(Integer.parseInt(wanted) - 1)
                : Optional.empty();
    }

    private static boolean namesLabels(final String cell) {
        return OF_LABELS.contains(cell.strip().toLowerCase(Locale.ROOT));
    }

    private boolean isText(final String cell) {
        final String text = cell.strip();
        return !cells.isNumber(text) && !CsvCells.isMissingAmongNumbers(text) && !CsvCells.isInfinite(text);
    }

    private boolean standsAboveANumber(final List<String> first, final List<Optional<String>> below) {
        return IntStream.range(0, first.size())
                .anyMatch(column -> isText(first.get(column))
                        && below.get(column).filter(cells::isNumber).isPresent());
    }

    private double[] numbers(final List<String> line) {
        return line.stream()
                .mapToDouble(cell -> cells.number(cell.strip()))
                .filter(number -> !Double.isNaN(number))
                .toArray();
    }

    private static boolean areScale(final double[] numbers) {
        if (numbers.length < SHORTEST_SCALE) {
            return false;
        }
        final double step = numbers[1] - numbers[0];
        return step != 0
                && IntStream.range(1, numbers.length)
                        .allMatch(
                                i -> Math.abs(numbers[i] - numbers[i - 1] - step) <= TOLERANCE * Math.abs(numbers[i]));
    }
}
