package org.gradienttape.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LstmPatternTest {
    /** Of sizes that were measured: one call took 0.5 to 0.9 of the loop's time where it is taken, and up to 1.7 where it is not. */
    @ParameterizedTest
    @CsvSource({
        "28, 64, 28, 128, true",
        "28, 64, 28, 256, true",
        "112, 32, 7, 64, true",
        "28, 16, 28, 8, true",
        "28, 1, 28, 32, true",
        "4, 64, 196, 128, false",
        "4, 16, 196, 1024, false",
        "4, 16, 196, 8, false",
        "28, 256, 28, 128, false",
        "28, 128, 28, 512, false"
    })
    void oneCallIsForSizesThatAreWorthIt(
            final long steps, final long batch, final long features, final long units, final boolean isWorthIt) {
        final LstmPattern.Sizes sizes = new LstmPattern.Sizes(steps, batch, features, units, true, false);

        assertThat(sizes.areWorthACall(false)).isEqualTo(isWorthIt);
    }

    /** The gradient by the inputs is computed in any case, which is no loss where it is needed. */
    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void manyFeaturesAreWorthItIfTheyLearn(final boolean needsInputGradient, final boolean isWorthIt) {
        final LstmPattern.Sizes sizes = new LstmPattern.Sizes(28, 64, 400, 64, true, false);

        assertThat(sizes.areWorthACall(needsInputGradient)).isEqualTo(isWorthIt);
    }
}
