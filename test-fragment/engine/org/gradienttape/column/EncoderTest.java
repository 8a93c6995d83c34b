package org.gradienttape.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gradienttape.column.Tables.numbers;
import static org.gradienttape.column.Tables.texts;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class EncoderTest {
    private static final double NONE = Double.NaN;

    private static final NumberEncoding AGE =
            new NumberEncoding("age", NumberScaling.STANDARDIZED, 40, 10, OptionalDouble.empty());
    private static final OneHotEncoding COLOR =
            new OneHotEncoding("color", List.of("blue", "green", "red"), false, Optional.empty());
    private static final Encoding BOTH = new Encoding(List.of(AGE, COLOR));

    @Test
    void aRowBecomesTheFeaturesOfItsColumns() {
        final Encoder encoder = Encoder.of(BOTH, List.of(numbers("age"), texts("color", "red", "blue")), "the data");

        assertThat(encode(encoder, 55, 0)).containsExactly(1.5f, 0, 0, 1);
        assertThat(encode(encoder, 35, 1)).containsExactly(-0.5f, 1, 0, 0);
        assertThat(BOTH.width()).isEqualTo(4);
        assertThat(BOTH.featureNames()).containsExactly("age", "color=blue", "color=green", "color=red");
        assertThat(BOTH.inputs()).containsExactly(Tables.AGE, Tables.COLOR);
    }

    @Test
    void featuresAreWrittenBehindTheOffsetAndNowhereElse() {
        final Encoder encoder = Encoder.of(BOTH, List.of(numbers("age"), texts("color", "red", "blue")), "the data");
        final float[] target = {9, 9, 9, 9, 9, 9, 9};

        assertThat(encoder.encode(new double[] {55, 1}, target, 2)).isTrue();

        assertThat(target).containsExactly(9, 9, 1.5f, 1, 0, 0, 9);
    }

    @Test
    void columnsAreFoundByNameInAnyOrderAmongOthers() {
        final List<StoredColumn> moved =
                List.of(texts("id", "a", "b"), texts("color", "blue", "red"), numbers("weight"), numbers("age"));

        assertThat(encode(Encoder.of(BOTH, moved, "the data"), 1, 1, 70, 55)).containsExactly(1.5f, 0, 0, 1);
    }

    @Test
    void theQuotientIsThatOfDoublePrecision() {
        final NumberEncoding third =
                new NumberEncoding("x", NumberScaling.STANDARDIZED, 0.1, 3, OptionalDouble.empty());
        final Encoder encoder = Encoder.of(new Encoding(List.of(third)), List.of(numbers("x")), "the data");

        // 16777217 is no float; (16777217 - 0.1) / 3 = 5592405.6333..., of which the nearest float is 5592405.5
        assertThat(encode(encoder, 16777217)).containsExactly(5592405.5f);
    }

    @Test
    void aRowThatLacksACellIsFilledOrNotEncoded() {
        final Encoding filled = new Encoding(List.of(
                new NumberEncoding("age", NumberScaling.STANDARDIZED, 40, 10, OptionalDouble.of(42)),
                new OneHotEncoding("color", List.of("blue", "red"), true, Optional.of("red"))));
        final List<StoredColumn> columns = List.of(numbers("age"), texts("color", "blue", "red"));

        assertThat(encode(Encoder.of(filled, columns, "the data"), NONE, NONE)).containsExactly(0.2f, 0, 1);
        final Encoder strict = Encoder.of(BOTH, columns, "the data");
        assertThat(strict.encode(new double[] {NONE, 0}, new float[4], 0)).isFalse();
        assertThat(strict.trouble(new double[] {NONE, 0})).contains("the column \"age\" is missing");
        assertThat(strict.encode(new double[] {1, NONE}, new float[4], 0)).isFalse();
        assertThat(strict.trouble(new double[] {1, NONE})).contains("the column \"color\" is missing");
        assertThat(strict.trouble(new double[] {1, 1})).isEmpty();
    }

    @Test
    void numbersThatAreInfiniteOrTooLargeAreNotEncoded() {
        final Encoder encoder = Encoder.of(new Encoding(List.of(AGE)), List.of(numbers("age")), "the data");

        for (final double number : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, -4e39}) {
            assertThat(encoder.encode(new double[] {number}, new float[1], 0)).isFalse();
            assertThat(encoder.trouble(new double[] {number}))
                    .contains("the column \"age\" holds " + number + ", which is too large");
        }
        assertThat(encode(encoder, 1e39)).containsExactly(1e38f);
    }

    @Test
    void aColumnThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Encoder.of(BOTH, List.of(numbers("Age"), texts("color")), "the validation data a.csv"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The column \"age\" of the training data was expected in the validation data a.csv, but it is not"
                                + " there; add it.");
    }

    @Test
    void aColumnOfAnotherKindIsNamed() {
        assertThatThrownBy(() -> Encoder.of(BOTH, List.of(numbers("age"), numbers("color")), "the data"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The column \"color\" should hold text in the data as in the training data, but it holds numbers;"
                                + " convert it before.");
        assertThatThrownBy(() ->
                        new RowEncoder(BOTH, List.of(Tables.COLOR, new Column("age", Column.Kind.TEXT)), "the data"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("\"age\" should hold numbers");
    }

    @Test
    void textsThatAreNoCategoriesAreNamed() {
        final List<StoredColumn> columns = List.of(numbers("age"), texts("color", "blue", "pink", "red", "Red"));

        assertThatThrownBy(() -> Encoder.of(BOTH, columns, "the data"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The column \"color\" should hold texts of the training data, but in the data it holds \"pink\""
                                + " (and 1 more); leave such rows out, or let unknown texts count as other when the training data are"
                                + " read.");
    }

    @Test
    void rowByRowOnlyTheRowsOfUnknownTextsAreNotEncoded() {
        final List<StoredColumn> columns = List.of(numbers("age"), texts("color", "pink", "red"));
        final Encoder encoder = Encoder.rowByRow(BOTH, columns, "the data");

        assertThat(encode(encoder, 40, 1)).containsExactly(0, 0, 0, 1);
        assertThat(encoder.encode(new double[] {40, 0}, new float[4], 0)).isFalse();
        assertThat(encoder.trouble(new double[] {40, 0}))
                .contains("the column \"color\" holds \"pink\", which the training data do not have");
    }

    @Test
    void unknownTextsAreNone() {
        final Encoding other =
                new Encoding(List.of(new OneHotEncoding("color", List.of("blue", "red"), true, Optional.empty()), AGE));
        final Encoder encoder =
                Encoder.of(other, List.of(numbers("age"), texts("color", "pink", "red", "gray")), "the data");

        assertThat(other.featureNames()).containsExactly("color=blue", "color=red", "age");
        assertThat(encode(encoder, 40, 0)).containsExactly(0, 0, 0);
        assertThat(encode(encoder, 50, 1)).containsExactly(0, 1, 1);
        assertThat(encode(encoder, 40, 2)).containsExactly(0, 0, 0);
    }

    @Test
    void aTableIsEncodedRowByRowLikeStoredColumns() {
        final RowEncoder encoder = new RowEncoder(
                BOTH, List.of(new Column("id", Column.Kind.TEXT), Tables.COLOR, Tables.AGE), "the table");
        final float[] target = new float[4];

        assertThat(encoder.encode(cells(55, "red"), target, 0)).isTrue();
        assertThat(target).containsExactly(1.5f, 0, 0, 1);
        assertThat(encoder.encode(cells(35, "blue"), target, 0)).isTrue();
        assertThat(target).containsExactly(-0.5f, 1, 0, 0);
        assertThat(encoder.encode(cells(55, "pink"), target, 0)).isFalse();
        assertThat(encoder.trouble(cells(55, "pink")))
                .contains("the column \"color\" holds \"pink\", which the training data do not have");
        assertThat(encoder.encode(cells(55, null), target, 0)).isFalse();
        assertThat(encoder.trouble(cells(55, null))).contains("the column \"color\" is missing");
        assertThat(encoder.encode(cells(NONE, "red"), target, 0)).isFalse();
        assertThat(encoder.trouble(cells(Double.POSITIVE_INFINITY, "red")))
                .contains("the column \"age\" holds Infinity, which is too large");
        assertThat(encoder.trouble(cells(55, "red"))).isEmpty();
    }

    @Test
    void aTableIsEncodedWithOtherAndFill() {
        final Encoding filled = new Encoding(List.of(
                new OneHotEncoding("color", List.of("blue", "red"), true, Optional.of("red")),
                new NumberEncoding("age", NumberScaling.AS_IT_IS, 0, 1, OptionalDouble.of(7))));
        final RowEncoder encoder = new RowEncoder(
                filled, List.of(new Column("id", Column.Kind.TEXT), Tables.COLOR, Tables.AGE), "the table");
        final float[] target = new float[3];

        assertThat(encoder.encode(cells(1, null), target, 0)).isTrue();
        assertThat(target).containsExactly(0, 1, 1);
        assertThat(encoder.doubt()).isEmpty();
        assertThat(encoder.encode(cells(NONE, "pink"), target, 0)).isTrue();
        assertThat(target).containsExactly(0, 0, 7);
        assertThat(encoder.encode(cells(NONE, "gray"), target, 0)).isTrue();
        assertThat(encoder.doubt())
                .contains("2 of 3 rows have a text that the training data do not have, such as \"pink\" in the column"
                        + " \"color\"; all features of such a column are 0.");
    }

    @Test
    void encodingsThatCannotBeMeantAreRefused() {
        assertThatThrownBy(() -> new Encoding(List.of(AGE, AGE)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Columns need names that differ, but two are called \"age\" in the feature columns; rename one of"
                                + " them.");
        assertThatThrownBy(() -> new NumberEncoding("x", NumberScaling.AS_IT_IS, 0, 0, OptionalDouble.empty()))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new NumberEncoding("x", NumberScaling.AS_IT_IS, NONE, 1, OptionalDouble.empty()))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new NumberEncoding("x", NumberScaling.AS_IT_IS, 0, 1, OptionalDouble.of(NONE)))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new OneHotEncoding("x", List.of(), true, Optional.empty()))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new OneHotEncoding("x", List.of("a", "a"), true, Optional.empty()))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new OneHotEncoding("x", List.of("a"), true, Optional.of("b")))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> texts("x", "a", "a")).isInstanceOf(InvalidInputException.class);
    }

    private static float[] encode(final Encoder encoder, final double... row) {
        final float[] target = new float[encoder.encoding().width()];
        Arrays.fill(target, 5);
        assertThat(encoder.encode(row, target, 0)).isTrue();
        return target;
    }

    /** A row of the columns id, color and age. */
    private static Cells cells(final double age, final String color) {
        final Map<Integer, Double> numbers = Map.of(2, age);
        return new Cells() {
            @Override
            public double number(final int column) {
                return numbers.get(column);
            }

            @Override
            public String text(final int column) {
                return column == 0 ? "row" : color;
            }
        };
    }

    /** A CSV file may have 16,384 columns; looking for each among all of them took 4 GB and 12 seconds. */
    @Test
    void manyColumnsAreFoundInMemoryThatGrowsWithThem() {
        final int count = 16_000;
        final List<ColumnEncoding> encodings = IntStream.range(0, count)
                .<ColumnEncoding>mapToObj(
                        i -> new NumberEncoding("c" + i, NumberScaling.AS_IT_IS, 0, 1, OptionalDouble.empty()))
                .toList();
        final List<StoredColumn> columns =
                IntStream.range(0, count).mapToObj(i -> numbers("c" + i)).toList();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        final long before = threads.getCurrentThreadAllocatedBytes();
        Encoder.of(new Encoding(encodings), columns, "the data");

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000L * count);
    }
}
