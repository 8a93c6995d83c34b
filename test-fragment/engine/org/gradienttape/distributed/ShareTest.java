package org.gradienttape.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.tensor.Rows;
import org.junit.jupiter.api.Test;

class ShareTest {
    @Test
    void partsTogetherAreTheBatchInItsOrder() {
        final int[] batch = {7, 3, 9, 1, 5, 8, 2};

        assertThat(Stream.of(0, 1, 2)
                        .map(rank -> Share.of(7, rank, 3))
                        .flatMapToInt(share -> IntStream.of(share.own(batch))))
                .containsExactly(7, 3, 9, 1, 5, 8, 2);
        assertThat(Stream.of(0, 1, 2).map(rank -> Share.of(7, rank, 3).count())).containsExactly(3, 2, 2);
    }

    @Test
    void aWorkerWithoutSamplesBorrowsTheFirstOneWhichCountsNothing() {
        final Share share = Share.of(1, 1, 2);

        assertThat(share.count()).isZero();
        assertThat(share.own(new int[] {42})).containsExactly(42);
        assertThat(share.rows()).isEqualTo(new Rows(1, 0, 1));
        assertThat(share.weight()).isZero();
    }

    @Test
    void weightsAddUpToOne() {
        assertThat(Share.of(10, 0, 4).weight()).isEqualTo(0.3f);
        assertThat(Share.of(10, 3, 4).weight()).isEqualTo(0.2f);
    }
}
