package org.gradienttape.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.gradienttape.error.InvalidInputException;

/** Learns an {@link Encoding} from the rows of the training data, one after the other, in memory that does not grow with them. */
public final class EncodingLearner {
    private final List<ColumnRule> rules;
    private final Optional<Windows> windows;
    /** By column; null for text. */
    private final NumberSummary[] numbers;
    /** How often each text comes, by column and code; null for numbers, and for texts that are split. */
    private final long[][] counts;

    private final int[] firstCells;

    /** @param rules one for each feature column, in the order of the features */
    public EncodingLearner(final List<ColumnRule> rules) {
        this(rules, Optional.empty());
    }

    /** @param windows how several rows become one sample */
    public EncodingLearner(final List<ColumnRule> rules, final Optional<Windows> windows) {
        this.rules = List.copyOf(rules);
        this.windows = windows;
        this.numbers = new NumberSummary[rules.size()];
        this.counts = new long[rules.size()][];
        this.firstCells = ColumnRule.firstCells(rules);
        for (int column = 0; column < numbers.length; column++) {
            if (rules.get(column).column().kind() == Column.Kind.NUMBER) {
                numbers[column] = new NumberSummary();
            } else if (rules.get(column).tokens().isEmpty()) {
                counts[column] = new long[16];
            }
        }
    }

    /**
     * Takes one row of the training data; what is missing in it does not count.
     *
     * @param row the cells for each rule, as {@link StoredColumn} has them; no number is infinite
     */
    public void add(final double[] row) {
        for (int column = 0; column < numbers.length; column++) {
            final double cell = row[firstCells[column]];
            if (Double.isNaN(cell)) {
                continue;
            }
            if (numbers[column] != null) {
                numbers[column].add(cell);
            } else if (counts[column] != null) {
                count(column, (int) cell);
            }
        }
    }

    private void count(final int column, final int code) {
        if (code >= counts[column].length) {
            counts[column] = Arrays.copyOf(counts[column], Math.max(code + 1, 2 * counts[column].length));
        }
        counts[column][code]++;
    }

    /**
     * What was learned.
     *
     * @param columns those of the rules, with the texts that their codes stand for
     * @param tokens of the columns whose texts are split, counted in the same rows
     * @throws InvalidInputException if a column is missing in all rows, or its numbers are too large
     */
    public Encoding learn(final List<StoredColumn> columns, final List<TokenCounts> tokens) {
        final List<ColumnEncoding> encodings = new ArrayList<>();
        for (int column = 0; column < numbers.length; column++) {
            final ColumnRule rule = rules.get(column);
            if (!columns.get(column).column().equals(rule.column())) {
                throw new IllegalArgumentException(columns.get(column) + " is not the column of " + rule);
            }
            if (numbers[column] != null) {
                encodings.add(number(rule, numbers[column]));
            } else if (rule.tokens().isPresent()) {
                encodings.add(tokens(
                        rule,
                        tokens.stream()
                                .filter(counts ->
                                        counts.column().equals(rule.column().name()))
                                .findFirst()
                                .orElseThrow()));
            } else {
                encodings.add(text(rule, counts[column], columns.get(column).texts()));
            }
        }
        return new Encoding(encodings, windows);
    }

    private static TokenEncoding tokens(final ColumnRule rule, final TokenCounts counts) {
        final TokenRule tokens = rule.tokens().orElseThrow();
        final List<String> vocabulary = counts.vocabulary(tokens.size() - TokenEncoding.FIRST);
        if (vocabulary.isEmpty()) {
            throw new InvalidInputException("The column \"" + rule.column().name() + "\" should have "
                    + tokens.split().unit()
                    + " in some row of the training data, but all its texts are empty or missing"
                    + "; choose another column.");
        }
        return new TokenEncoding(rule.column().name(), tokens.split(), vocabulary, rule.missing() == MissingRule.FILL);
    }

    private static NumberEncoding number(final ColumnRule rule, final NumberSummary numbers) {
        final String name = rule.column().name();
        if (numbers.count() == 0) {
            throw allMissing(name);
        }
        final double shift = numbers.shift(rule.scaling());
        final double divisor = numbers.divisor(rule.scaling());
        if (Double.isFinite(numbers.mean()) && Double.isFinite(divisor)) {
            final NumberEncoding encoding = new NumberEncoding(
                    name,
                    rule.scaling(),
                    shift,
                    divisor,
                    rule.missing() == MissingRule.FILL ? OptionalDouble.of(numbers.mean()) : OptionalDouble.empty());
            if (Float.isFinite(encoding.feature(numbers.smallest()))
                    && Float.isFinite(encoding.feature(numbers.largest()))) {
                return encoding;
            }
        }
        throw new InvalidInputException("Numbers of single precision were expected in the column \"" + name
                + "\", but they go from " + numbers.smallest() + " to " + numbers.largest()
                + "; make them smaller, or leave the column out.");
    }

    private static OneHotEncoding text(final ColumnRule rule, final long[] counts, final List<String> texts) {
        final ToLongFunction<Integer> count = code -> code < counts.length ? counts[code] : 0;
        final List<Integer> codes = IntStream.range(0, texts.size())
                .filter(code -> count.applyAsLong(code) > 0)
                .boxed()
                .sorted(Comparator.comparing(texts::get, TextOrder.ORDER))
                .toList();
        if (codes.isEmpty()) {
            throw allMissing(rule.column().name());
        }
        final List<Integer> mostFrequentFirst = codes.stream()
                .sorted(Comparator.comparingLong(count).reversed())
                .toList();
        return new OneHotEncoding(
                rule.column().name(),
                codes.stream().map(texts::get).toList(),
                rule.unknown() == UnknownRule.OTHER,
                rule.missing() == MissingRule.FILL
                        ? Optional.of(texts.get(mostFrequentFirst.get(0)))
                        : Optional.empty());
    }

    private static InvalidInputException allMissing(final String column) {
        return new InvalidInputException("The column \"" + column
                + "\" should have a value in some row of the training data, but it is missing in all; leave it out.");
    }
}
