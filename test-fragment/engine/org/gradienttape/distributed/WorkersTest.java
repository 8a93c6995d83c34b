package org.gradienttape.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 3 << 20, (3 << 20) + 1})
    void allGetTheBytesOfTheFirst(final int length) throws Exception {
        final byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);

        assertThat(WorkerThreads.run(3, workers -> workers.ofFirst(workers.isFirst() ? bytes : new byte[] {1})))
                .containsExactly(bytes, bytes, bytes);
    }
}
