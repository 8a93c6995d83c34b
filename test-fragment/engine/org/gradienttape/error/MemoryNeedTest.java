package org.gradienttape.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryNeedTest {
    /** From 1,073,741,824 numbers on, twice as many are more than an int counts. */
    @Test
    void anArrayGrowsToTwiceItsLengthAsFarAsArraysGo() {
        assertThat(MemoryNeed.grown(1024, 1025, "The rows")).isEqualTo(2048);
        assertThat(MemoryNeed.grown(1024, 4096, "The rows")).isEqualTo(4096);
        assertThat(MemoryNeed.grown(1 << 30, (1 << 30) + 1, "The rows")).isEqualTo(2_147_483_639);
        assertThat(MemoryNeed.grown(2_147_483_639, 2_147_483_639, "The rows")).isEqualTo(2_147_483_639);
    }

    @Test
    void whatIsLongerThanAnyArrayIsRefused() {
        assertThatThrownBy(() -> MemoryNeed.grown(2_147_483_639, 2_147_483_640L, "The rows"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The rows should be at most 2,147,483,639, but there are more; take fewer rows or columns.");
    }
}
