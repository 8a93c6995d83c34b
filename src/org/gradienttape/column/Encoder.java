package org.gradienttape.column;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.gradienttape.error.InvalidInputException;

/**
 * An {@link Encoding} put over the stored columns of some data: they are found by name, in any order, and others do not
 * matter. Immutable; for any number of threads.
 */
public final class Encoder {
    private static final int UNKNOWN = -1;
    /** No feature is 1. */
    private static final int NONE = -2;

    private final Encoding encoding;
    private final List<StoredColumn> columns;
    private final int width;
    /** The number of the stored column, by encoded column, as are all others. */
    private final int[] sources;
    /** Of the stored column. */
    private final int[] firstCells;

    private final int[] firstFeatures;
    /** Null for text. */
    private final NumberEncoding[] numbers;
    /** NaN if a row without the number cannot be encoded. */
    private final double[] missingNumbers;
    /** The feature for each code of a text, or UNKNOWN or NONE; of a token, its number; null for numbers. */
    private final int[][] features;
    /** Null where a text is not split. */
    private final TokenEncoding[] tokens;
    /** UNKNOWN if a row without the text cannot be encoded. */
    private final int[] missingFeatures;

    private Encoder(final Encoding encoding, final List<StoredColumn> columns, final String dataName) {
        final int count = encoding.columns().size();
        this.encoding = encoding;
        this.columns = List.copyOf(columns);
        this.width = encoding.width();
        this.sources = new int[count];
        this.firstCells = new int[count];
        this.firstFeatures = new int[count];
        this.numbers = new NumberEncoding[count];
        this.missingNumbers = new double[count];
        this.features = new int[count][];
        this.tokens = new TokenEncoding[count];
        final int[] cells = StoredColumn.firstCells(columns);
        this.missingFeatures = new int[count];
        final ColumnPlaces places =
                new ColumnPlaces(columns.stream().map(StoredColumn::column).toList(), dataName);
        int feature = 0;
        for (int i = 0; i < count; i++) {
            final ColumnEncoding column = encoding.columns().get(i);
            sources[i] = places.of(new Column(column.name(), column.kind()));
            firstCells[i] = cells[sources[i]];
            firstFeatures[i] = feature;
            feature += column.width();
            checkSplit(column, columns.get(sources[i]), dataName);
            if (column instanceof NumberEncoding number) {
                numbers[i] = number;
                missingNumbers[i] = number.missing().orElse(Double.NaN);
            } else if (column instanceof TokenEncoding text) {
                tokens[i] = text;
                features[i] = features(text, columns.get(sources[i]).texts());
            } else {
                final OneHotEncoding text = (OneHotEncoding) column;
                features[i] = features(text, columns.get(sources[i]).texts());
                missingFeatures[i] =
                        text.missing().map(text.categories()::indexOf).orElse(UNKNOWN);
            }
        }
    }

    /**
     * For data of which each row is to be encoded.
     *
     * @param dataName in a sentence, for example "the validation data iris.csv"
     * @throws InvalidInputException if a column is not there or of another kind, or a text is no category
     */
    public static Encoder of(final Encoding encoding, final List<StoredColumn> columns, final String dataName) {
        final Encoder encoder = new Encoder(encoding, columns, dataName);
        encoder.checkTexts(dataName);
        return encoder;
    }

    /**
     * For data of which some rows may hold texts that are no categories; those rows cannot be encoded.
     *
     * @param dataName in a sentence, for example "the table"
     * @throws InvalidInputException if a column is not there or of another kind
     */
    public static Encoder rowByRow(final Encoding encoding, final List<StoredColumn> columns, final String dataName) {
        return new Encoder(encoding, columns, dataName);
    }

    public Encoding encoding() {
        return encoding;
    }

    /**
     * Encodes one row.
     *
     * @param row all stored columns
     * @param target takes as many features as the encoding is wide
     * @param offset of the first one in target
     * @return false if the row cannot be encoded: a cell is missing or its text no category, and nothing is said for that case,
     *     or a number is infinite or too large; what target holds then is of no meaning
     */
    public boolean encode(final double[] row, final float[] target, final int offset) {
        for (int i = 0; i < sources.length; i++) {
            final double cell = row[firstCells[i]];
            final int first = offset + firstFeatures[i];
            if (tokens[i] != null) {
                if (isLacking(i, cell)) {
                    return false;
                }
                encodeTokens(i, row, target, first);
            } else if (numbers[i] != null) {
                final float feature = number(i, cell);
                if (!Float.isFinite(feature)) {
                    return false;
                }
                target[first] = feature;
            } else {
                final int feature = feature(i, cell);
                if (feature == UNKNOWN) {
                    return false;
                }
                final int end = i + 1 < sources.length ? firstFeatures[i + 1] : width;
                Arrays.fill(target, first, offset + end, 0);
                if (feature != NONE) {
                    target[first + feature] = 1;
                }
            }
        }
        return true;
    }

    private void encodeTokens(final int column, final double[] row, final float[] target, final int first) {
        for (int token = 0; token < tokens[column].width(); token++) {
            final double code = row[firstCells[column] + token];
            target[first + token] = TextSplit.isToken(code) ? features[column][(int) code] : 0;
        }
    }

    /** Whether a text that is split is missing, and nothing is said for that case. */
    private boolean isLacking(final int column, final double cell) {
        return Double.isNaN(cell) && !tokens[column].isMissingEmpty();
    }

    /** Why a row cannot be encoded, for the middle of a sentence; empty if it can. */
    public Optional<String> trouble(final double[] row) {
        return trouble(row, i -> columns.get(sources[i]).texts().get((int) row[firstCells[i]]));
    }

    /** @param texts what an encoded column holds, by its number */
    Optional<String> trouble(final double[] row, final IntFunction<String> texts) {
        for (int i = 0; i < sources.length; i++) {
            final double cell = row[firstCells[i]];
            if (!isEncoded(i, cell)) {
                final String name = "the column \"" + encoding.columns().get(i).name() + "\"";
                if (Double.isNaN(cell)) {
                    return Optional.of(name + " is missing");
                }
                return Optional.of(
                        numbers[i] != null
                                ? name + " holds " + cell + ", which is too large"
                                : name + " holds \"" + texts.apply(i) + "\", which the training data do not have");
            }
        }
        return Optional.empty();
    }

    private boolean isEncoded(final int column, final double cell) {
        if (tokens[column] != null) {
            return !isLacking(column, cell);
        }
        return numbers[column] != null ? Float.isFinite(number(column, cell)) : feature(column, cell) != UNKNOWN;
    }

    /** Texts can be split no more when they are stored. */
    private static void checkSplit(final ColumnEncoding wanted, final StoredColumn found, final String dataName) {
        final Optional<TextSplit> split =
                wanted instanceof TokenEncoding text ? Optional.of(text.split()) : Optional.empty();
        final boolean isLike = split.isPresent() == found.split().isPresent()
                && split.map(known -> found.split().orElseThrow().holds(known)).orElse(true);
        if (!isLike) {
            throw new InvalidInputException("The column \"" + wanted.name() + "\" should hold " + said(split) + " in "
                    + dataName + " as in the training data, but it holds " + said(found.split())
                    + "; read these data with the same settings.");
        }
    }

    private static String said(final Optional<TextSplit> split) {
        return split.map(TextSplit::toString).orElse("whole texts");
    }

    private float number(final int column, final double cell) {
        return numbers[column].feature(Double.isNaN(cell) ? missingNumbers[column] : cell);
    }

    private int feature(final int column, final double cell) {
        return Double.isNaN(cell) ? missingFeatures[column] : features[column][(int) cell];
    }

    private static int[] features(final OneHotEncoding encoding, final List<String> texts) {
        return features(encoding.categories(), 0, encoding.other() ? NONE : UNKNOWN, texts);
    }

    private static int[] features(final TokenEncoding encoding, final List<String> texts) {
        return features(encoding.vocabulary(), TokenEncoding.FIRST, TokenEncoding.UNKNOWN, texts);
    }

    /** The feature for each code of a text, counted from a first one for the known texts, and behind them that of any other. */
    private static int[] features(
            final List<String> known, final int first, final int other, final List<String> texts) {
        final Map<String, Integer> features = new HashMap<>();
        known.forEach(text -> features.put(text, first + features.size()));
        return IntStream.rangeClosed(0, texts.size())
                .map(code -> code == texts.size() ? other : features.getOrDefault(texts.get(code), other))
                .toArray();
    }

    private void checkTexts(final String dataName) {
        for (int i = 0; i < sources.length; i++) {
            final StoredColumn stored = columns.get(sources[i]);
            final int[] byCode = features[i];
            final List<String> unknown = IntStream.range(0, stored.texts().size())
                    .filter(code -> byCode[code] == UNKNOWN)
                    .mapToObj(stored.texts()::get)
                    .toList();
            if (!unknown.isEmpty()) {
                final int more = unknown.size() - 1;
                throw new InvalidInputException(
                        "The column \"" + stored.name() + "\" should hold texts of the training"
                                + " data, but in " + dataName + " it holds \"" + unknown.get(0) + "\""
                                + (more > 0 ? " (and " + more + " more)" : "")
                                + "; leave such rows out, or let unknown texts count as other when the training data are read.");
            }
        }
    }
}
