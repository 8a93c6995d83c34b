package org.gradienttape.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Tells whether the first line of a CSV file holds the names of its columns, and which of them names the labels. */
final class ColumnNames {
    private static final Set<String> OF_LABELS = Set.of("label", "class", "target");
    /** Cells that stand for a number that is not known. */
    private static final Set<String> NOT_KNOWN =
            Set.of("", "?", "-", "na", "n/a", "nan", "null", "none", "inf", "+inf", "-inf", "infinity", "-infinity");

    /** Fewer numbers may be at the same distance by chance. */
    private static final int SHORTEST_SCALE = 8;

    private static final double TOLERANCE = 1e-9;

    private ColumnNames() {}

    /**
     * Whether the first line holds names. A line of numbers is a sample, unless one of its texts stands above a number or
     * names the labels, or the numbers are a scale: they count the columns, as pandas writes them, or are wavelengths.
     *
     * @param second the line below, if there is one
     */
    static boolean are(final List<String> first, final Optional<List<String>> second) {
        final double[] numbers = numbers(first);
        final long texts = first.stream().filter(ColumnNames::isText).count();
        return numbers.length == 0
                || texts > 1
                || first.stream().anyMatch(ColumnNames::namesLabels)
                || second.isPresent() && standsAboveANumber(first, second.get())
                || areScale(numbers);
    }

    /** Whether a first line that was taken for names could be a sample, too. */
    static boolean couldBeASample(final List<String> first) {
        return numbers(first).length > 0 && first.stream().noneMatch(ColumnNames::namesLabels);
    }

    /** The only column that is named label, class or target; otherwise the last one. */
    static int ofLabels(final List<String> names) {
        final int[] named = IntStream.range(0, names.size())
                .filter(column -> namesLabels(names.get(column)))
                .toArray();
        return named.length == 1 ? named[0] : names.size() - 1;
    }

    private static boolean namesLabels(final String cell) {
        return OF_LABELS.contains(cell.strip().toLowerCase(Locale.ROOT));
    }

    private static boolean isText(final String cell) {
        return Double.isNaN(CsvRows.number(cell))
                && !NOT_KNOWN.contains(cell.strip().toLowerCase(Locale.ROOT));
    }

    private static boolean standsAboveANumber(final List<String> first, final List<String> second) {
        return IntStream.range(0, Math.min(first.size(), second.size()))
                .anyMatch(column -> isText(first.get(column)) && !Double.isNaN(CsvRows.number(second.get(column))));
    }

    private static double[] numbers(final List<String> cells) {
        return cells.stream()
                .mapToDouble(CsvRows::number)
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
