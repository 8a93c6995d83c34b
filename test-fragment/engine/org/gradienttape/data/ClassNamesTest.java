package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.gradienttape.data.source.ClassLabels;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names that a stranger would try. */
class ClassNamesTest {
    @Test
    void largeExponentsAndLongNumbersAreNotWrittenOut() {
        final ClassLabels labels = labels("1", "1e999999999", "-1E+99999", "9".repeat(1_000_000));

        final List<String> names = assertTimeout(Duration.ofSeconds(5), labels::names);

        assertThat(names).contains("1e999999999", "-1E+99999").hasSize(4);
    }

    @Test
    void onlyPlainDecimalNumbersAreNumbers() {
        assertThat(labels("0x10", "1_000", "\u0663", "1f", "2", "\u00bd").names())
                .containsExactly("2", "0x10", "1_000", "1f", "\u00bd", "\u0663");
    }

    @Test
    void equalNumbersAreOneClass() {
        final ClassLabels labels = labels("3", "3.0", "+3", "3e0", "30e-1", "-0", "0.00");

        assertThat(labels.names()).containsExactly("0", "3");
        assertThat(labels.labels()).containsExactly(1, 1, 1, 1, 1, 0, 0);
    }

    @Test
    void aDigitBehindTheSixteenthCounts() {
        assertThat(labels("12345678901234567891", "12345678901234567890").labels())
                .containsExactly(1, 0);
        assertThatThrownBy(() -> labels("1.00000000000000000001", "1").names())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the real number 1.00000000000000000001");
    }

    @Test
    @Timeout(20)
    void aColumnOfRealNumbersIsSaidToBeOneBeforeTheClassesRunOut() {
        final ClassLabels labels = new ClassLabels();

        assertThatThrownBy(() -> IntStream.range(0, 70_000).forEach(i -> labels.add(i + ".5", () -> "Row " + i)))
                .hasMessageContaining("Row 0 should have the name of a class");
    }

    @Test
    void manyNamesAreCutShort() {
        final ClassNames names =
                new ClassNames(IntStream.range(0, 1000).mapToObj(i -> "c" + i).toList());

        assertThat(names).hasToString("c0, c1, c2, c3, c4, c5, c6, c7, c8, c9 and 990 more");
        assertThat(names.find("c999")).contains(999);
        assertThat(names.find("C999")).isEmpty();
        assertThat(names.find("")).isEmpty();
    }

    private static ClassLabels labels(final String... texts) {
        final ClassLabels labels = new ClassLabels();
        Arrays.stream(texts).forEach(text -> labels.add(text, () -> "Row"));
        return labels;
    }
}
