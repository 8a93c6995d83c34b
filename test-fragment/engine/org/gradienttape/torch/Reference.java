package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** How near a loss must come to one that an independent implementation computed in double precision. */
public final class Reference {
    private Reference() {}

    /**
     * One reading for all references: the difference may be the tolerance times the expected value, or the tolerance
     * itself where the value is below 1; float32 rounds sums of numbers near 1, however small the loss is.
     */
    public static void assertMet(final String what, final double found, final double expected, final double tolerance) {
        assertThat(found).as(what).isCloseTo(expected, within(tolerance * Math.max(1, expected)));
    }
}
