package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainNumberTest {
    @ParameterizedTest
    @CsvSource({
        "3.0, 3",
        "-0.0, 0",
        "-17, -17",
        "0.1, 0.1",
        "1e-5, 0.00001",
        "1.5e3, 1500",
        "9007199254740992, 9007199254740992",
        "9007199254740994, 9007199254740994",
        "1e20, 100000000000000000000",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void numbersAreWrittenWithoutAnExponent(final double number, final String text) {
        assertThat(PlainNumber.of(number)).isEqualTo(text);
    }
}
