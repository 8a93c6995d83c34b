package org.gradienttape.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** By hand: a million floats are 4,000,000 bytes, of which each of 2 workers sends a half, 1.6 ms at 10 gigabits, twice. */
class ScaleModelTest {
    @Test
    void twoWorkersSendTwoMessagesOfAHalf() {
        assertThat(ScaleModel.TEN_GIGABIT.seconds(2, 1_000_000)).isCloseTo(3.32e-3, within(1e-12));
        assertThat(ScaleModel.TEN_GIGABIT.seconds(1, 1_000_000)).isZero();
    }

    /** 6 messages of a quarter, 60 + 800 microseconds each. */
    @Test
    void fourWorkersSendSixMessagesOfAQuarter() {
        assertThat(ScaleModel.TEN_GIGABIT.seconds(4, 1_000_000)).isCloseTo(5.16e-3, within(1e-12));
    }

    @Test
    void whoWaitsAsLongAsHeComputesComputesHalfOfHisTime() {
        assertThat(ScaleModel.TEN_GIGABIT.efficiency(2, 1_000_000, 3.32e-3)).isCloseTo(0.5, within(1e-9));
        assertThat(ScaleModel.TEN_GIGABIT.efficiency(1, 1_000_000, 0.01)).isEqualTo(1);
    }
}
