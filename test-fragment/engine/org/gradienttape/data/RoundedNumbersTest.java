package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** 2^24 = 16777216 is the largest whole number up to which single precision has all of them. */
class RoundedNumbersTest {
    private final RoundedNumbers rounded = new RoundedNumbers();

    @Test
    void whatIsHeldExactlyIsNotCounted() {
        assertThat(rounded.take(16_777_216.0)).isEqualTo(16_777_216);
        assertThat(rounded.take(16_777_218L)).isEqualTo(16_777_218);
        assertThat(rounded.take(0.1)).isEqualTo(0.1f);
        assertThat(rounded.take(16_777_217.5)).as("no whole number").isEqualTo(16_777_218);
        assertThat(rounded.takeUnsigned(Long.MIN_VALUE)).as("2^63").isEqualTo(9.223372e18f);

        assertThat(rounded.warnings("the table")).isEmpty();
    }

    @Test
    void theFirstOfThoseThatAreNotIsTold() {
        assertThat(rounded.take(-16_777_217.0)).isEqualTo(-16_777_216);
        assertThat(rounded.warnings("the table"))
                .containsExactly("1 whole number in the table cannot be held exactly in single precision, for example"
                        + " -16777217, which becomes -16777216; leave out a column of such numbers, or subtract the"
                        + " smallest of them before.");

        assertThat(rounded.take(16_777_219L)).isEqualTo(16_777_220);
        assertThat(rounded.take(Long.MAX_VALUE)).isEqualTo(9.223372e18f);
        assertThat(rounded.takeUnsigned(-1)).as("2^64 - 1").isEqualTo(1.8446744e19f);
        assertThat(rounded.warnings("the table"))
                .singleElement()
                .asString()
                .startsWith("4 whole numbers in the table cannot")
                .contains("for example -16777217,");
    }

    @Test
    void aWholeNumberFrom2To63OnIsToldAsItIs() {
        rounded.takeUnsigned(-1);

        assertThat(rounded.warnings("x.npy"))
                .singleElement()
                .asString()
                .contains("for example 18446744073709551615, which becomes ");
    }
}
