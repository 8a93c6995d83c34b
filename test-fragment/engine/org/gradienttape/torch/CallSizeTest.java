package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallSizeTest {
    @Test
    void callsGrowUntilTheyTakeAbout25Milliseconds() {
        final CallSize size = new CallSize(100);
        final List<Integer> batches = new ArrayList<>();

        for (int call = 0; call < 6; call++) {
            batches.add(size.batches());
            size.took(size.batches(), size.batches() * 2_000_000L);
        }
        size.took(12, 240_000_000L);

        assertThat(batches).containsExactly(1, 2, 4, 8, 12, 12);
        assertThat(size.batches()).isEqualTo(1);
    }

    @Test
    void callsHaveNoMoreBatchesThanTheSourceTakes() {
        final CallSize size = new CallSize(3);

        size.took(1, 1);
        size.took(2, 1);

        assertThat(size.batches()).isEqualTo(3);
    }

    /** As many as are left before a checkpoint. */
    @Test
    void aShortCallDoesNotMakeTheNextOnesShort() {
        final CallSize size = new CallSize(100);
        for (int call = 0; call < 5; call++) {
            size.took(size.batches(), size.batches() * 2_000_000L);
        }

        size.took(2, 4_000_000L);

        assertThat(size.batches()).isEqualTo(12);
    }
}
