package org.gradienttape.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.gradienttape.column.Tables.AGE;
import static org.gradienttape.column.Tables.COLOR;
import static org.gradienttape.column.Tables.learn;
import static org.gradienttape.column.Tables.numbers;
import static org.gradienttape.column.Tables.rule;
import static org.gradienttape.column.Tables.texts;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Numbers are those of scikit-learn 1.2.1, StandardScaler and MinMaxScaler, in double precision, rounded to single. */
class EncodingLearnerTest {
    private static final double NONE = Double.NaN;

    /** Samples 0, 30, 60, 90 and 120 of iris. */
    private static final double[][] IRIS = {
        {5.1, 3.5, 1.4, 0.2}, {4.8, 3.1, 1.6, 0.2}, {5.0, 2.0, 3.5, 1.0}, {5.5, 2.6, 4.4, 1.2}, {6.9, 3.2, 5.7, 2.3}
    };

    @Test
    void numbersAreStandardizedByMeanAndPopulationDeviation() {
        final List<StoredColumn> columns = List.of(numbers("a"), numbers("b"), numbers("c"), numbers("d"));
        final EncodingLearner learner = new EncodingLearner(
                columns.stream().map(column -> rule(column.column())).toList());
        for (final double[] row : IRIS) {
            learner.add(row);
        }
        final Encoding encoding = learner.learn(columns, List.of());
        final float[] encoded = new float[4];

        assertThat(Encoder.of(encoding, columns, "iris").encode(IRIS[0], encoded, 0))
                .isTrue();

        assertThat(encoded)
                .containsExactly(
                        new float[] {
                            -0.4766644239425659f, 1.1767438650131226f, -1.1681287288665771f, -1.0056357383728027f
                        },
                        within(1e-6f));
        final NumberEncoding first = (NumberEncoding) encoding.columns().get(0);
        assertThat(first.shift()).isCloseTo(5.46, within(1e-14));
        assertThat(first.divisor()).isCloseTo(0.7552483035399685, within(1e-14));
        assertThat(first.missing()).isEmpty();
    }

    @Test
    void aLargeMeanDoesNotCancelTheDeviation() {
        final NumberEncoding learned =
                (NumberEncoding) learn(rule(AGE), numbers("age"), 1e9 + 0.125, 1e9 + 0.25, 1e9 + 0.5, 1e9 + 1.0);

        assertThat(learned.shift()).isEqualTo(1000000000.46875);
        assertThat(learned.divisor()).isCloseTo(0.33511891546136274, within(1e-12));
    }

    @Test
    void numbersGoFromZeroToOne() {
        final NumberEncoding learned =
                (NumberEncoding) learn(rule(AGE, NumberScaling.ZERO_TO_ONE), numbers("age"), 2, 4, 4, 4, 5, 5, 7, 9.5);

        assertThat(learned.shift()).isEqualTo(2);
        assertThat(learned.divisor()).isEqualTo(7.5);
        assertThat(learned.feature(4)).isEqualTo(0.2666666805744171f);
        assertThat(learned.feature(9.5)).isEqualTo(1);
        assertThat(learned.feature(-5.5)).isEqualTo(-1);
    }

    @Test
    void numbersStayAsTheyAre() {
        final NumberEncoding learned =
                (NumberEncoding) learn(rule(AGE, NumberScaling.AS_IT_IS), numbers("age"), 2, 4, 0.1);

        assertThat(learned.feature(0.1)).isEqualTo(0.1f);
        assertThat(learned.feature(-123456.789)).isEqualTo(-123456.789f);
    }

    @Test
    void aConstantBecomesZeroUnlessItStaysAsItIs() {
        for (final double constant : new double[] {0.1, -3, 1e300, 1e-320}) {
            final NumberEncoding standardized =
                    (NumberEncoding) learn(rule(AGE), numbers("age"), constant, constant, constant);
            final NumberEncoding ranged = (NumberEncoding)
                    learn(rule(AGE, NumberScaling.ZERO_TO_ONE), numbers("age"), constant, constant, constant);

            assertThat(standardized.divisor()).isEqualTo(1);
            assertThat(standardized.feature(constant)).isEqualTo(0);
            assertThat(ranged.divisor()).isEqualTo(1);
            assertThat(ranged.feature(constant)).isEqualTo(0);
        }
    }

    @Test
    void missingNumbersDoNotCountAndAreFilledWithTheMeanOfTheOthers() {
        final ColumnRule fill = new ColumnRule(AGE, NumberScaling.STANDARDIZED, MissingRule.FILL, UnknownRule.REFUSE);

        final NumberEncoding learned =
                (NumberEncoding) learn(fill, numbers("age"), 2, NONE, 4, 4, NONE, 4, 5, 5, 7, 9.5);

        assertThat(learned.missing()).isEqualTo(OptionalDouble.of(5.0625));
        assertThat(learned.divisor()).isCloseTo(2.1277555663186503, within(1e-14));
        assertThat(learned.feature(2)).isEqualTo(-1.439310073852539f);
    }

    @Test
    void categoriesAreThoseOfTheRowsInTheOrderOfNumbersThenTheAlphabet() {
        final OneHotEncoding learned = (OneHotEncoding)
                learn(rule(COLOR), texts("color", "red", "10", "blue", "unseen", "9.5", "Blue"), 0, 1, 2, 4, 5, 0);

        assertThat(learned.categories()).containsExactly("9.5", "10", "Blue", "blue", "red");
        assertThat(learned.other()).isFalse();
        assertThat(learned.missing()).isEmpty();
        assertThat(learned.featureNames())
                .containsExactly("color=9.5", "color=10", "color=Blue", "color=blue", "color=red");
    }

    @Test
    void missingTextsAreFilledWithTheMostFrequentAndOfSeveralWithTheFirstCategory() {
        final ColumnRule fill = new ColumnRule(COLOR, NumberScaling.AS_IT_IS, MissingRule.FILL, UnknownRule.OTHER);
        final StoredColumn column = texts("color", "red", "blue", "green");

        final OneHotEncoding most = (OneHotEncoding) learn(fill, column, 0, 1, 0, NONE, NONE, NONE, 2);
        final OneHotEncoding tied = (OneHotEncoding) learn(fill, column, 0, 2, 1, 2, 1);

        assertThat(most.missing()).contains("red");
        assertThat(tied.missing()).contains("blue");
        assertThat(tied.other()).isTrue();
        assertThat(tied.featureNames()).containsExactly("color=blue", "color=green", "color=red");
    }

    @Test
    void theOrderOfTheRowsDoesNotMatterForTexts() {
        final StoredColumn one = texts("color", "a", "b", "c");
        final StoredColumn other = texts("color", "c", "a", "b");

        assertThat(learn(rule(COLOR), one, 0, 1, 2)).isEqualTo(learn(rule(COLOR), other, 0, 1, 2));
    }

    @Test
    void aColumnThatIsMissingInAllRowsIsRefused() {
        final String sentence =
                "The column \"%s\" should have a value in some row of the training data, but it is missing"
                        + " in all; leave it out.";

        assertThatThrownBy(() -> learn(rule(AGE), numbers("age"), NONE, NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(sentence, "age");
        assertThatThrownBy(() -> learn(rule(COLOR), texts("color"), NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(sentence, "color");
        assertThatThrownBy(() -> new EncodingLearner(List.of()).learn(List.of(), List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "At least one feature column was expected, but there is none; choose columns to learn from.");
    }

    @Test
    void numbersThatSinglePrecisionCannotHoldAreRefused() {
        assertThatThrownBy(() -> learn(rule(AGE, NumberScaling.AS_IT_IS), numbers("age"), 1, -1e300))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Numbers of single precision were expected in the column \"age\", but they go from -1.0E300 to"
                                + " 1.0; make them smaller, or leave the column out.");
        assertThatThrownBy(() -> learn(rule(AGE), numbers("age"), 1e308, -1e308))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> learn(rule(AGE, NumberScaling.ZERO_TO_ONE), numbers("age"), 1e308, -1e308))
                .isInstanceOf(InvalidInputException.class);
        assertThat(((NumberEncoding) learn(rule(AGE, NumberScaling.ZERO_TO_ONE), numbers("age"), 1e300, 0))
                        .feature(1e300))
                .isEqualTo(1);
    }

    @Test
    void atMostTenThousandTextsAreTaken() {
        final Texts texts = new Texts("city");
        IntStream.range(0, 10_000)
                .forEach(i -> assertThat(texts.code("city " + i)).isEqualTo(i));

        assertThat(texts.code("city 17")).isEqualTo(17);
        assertThatThrownBy(() -> texts.code("one more"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "A column may have at most 10000 different texts, but \"city\" has more; leave it out, or join"
                                + " rare texts to one.");
        assertThat(texts.list()).hasSize(10_000).startsWith("city 0", "city 1");
    }

    @Test
    void textsThatAreTooLongForCategoriesAreRefused() {
        final Texts texts = new Texts("comment");

        assertThat(texts.code("x".repeat(1_000))).isZero();
        assertThatThrownBy(() -> texts.code("y".repeat(1_001)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("\"comment\"", "1001 that begins \"yyy");
    }
}
