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

    private static final int SHORTEST_COUNT = 3;

    private ColumnNames() {}

    /**
     * Whether the first line holds names. A line of numbers is a sample, unless one of its texts stands above a number or
     * names the labels, or the numbers count the columns, as pandas writes them.
     *
     * @param second the line below, if there is one
     */
    static boolean are(final List<String> first, final Optional<List<String>> second) {
        final double[] numbers = first.stream()
                .filter(cell -> !Double.isNaN(CsvRows.number(cell)))
                .mapToDouble(CsvRows::number)
                .toArray();
        final long texts = first.stream().filter(ColumnNames::isText).count();
        return numbers.length == 0
                || texts > 1
                || first.stream().anyMatch(ColumnNames::namesLabels)
                || second.isPresent() && standsAboveANumber(first, second.get())
                || counts(numbers);
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

    private static boolean counts(final double[] numbers) {
        return numbers.length >= SHORTEST_COUNT
                && (numbers[0] == 0 || numbers[0] == 1)
                && IntStream.range(1, numbers.length).allMatch(i -> numbers[i] == numbers[0] + i);
    }
}
