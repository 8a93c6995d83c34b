package org.gradienttape.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import org.gradienttape.tensor.Machine;
import org.gradienttape.torch.EagerComputation;
import org.gradienttape.torch.TorchEngine;
import org.junit.jupiter.api.Test;

/** Who gains nothing by more workers is told. */
class DoubtTest {
    private static final int NUMBERS = 1_000_000;
    private static final long STEPS = 50;

    /** Exchanges a million numbers in each of two workers; asks the first one. */
    private static Optional<String> doubt(final double millisecondsOfAStep) throws Exception {
        return WorkerThreads.run(2, workers -> {
                    workers.beginTiming();
                    exchange(workers);
                    return workers.doubt(
                            (long) (millisecondsOfAStep * 1e6 * STEPS + workers.nanosecondsOfSums()), STEPS);
                })
                .get(0);
    }

    private static void exchange(final Workers workers) {
        try (NDManager arrays = TorchEngine.start().newManager(ai.djl.Device.cpu());
                EagerComputation computation = new EagerComputation(arrays, Workers.alone())) {
            computation.step(() -> {
                final Machine machine = computation.machine();
                workers.exchange(machine, 4, List.of(Part.mean(machine.full(1, NUMBERS))));
            });
        }
    }

    /** By 10 gigabits a second: 2 messages of 60 us and 2 MB of 0.8 ns a byte are 3.3 ms. */
    @Test
    void aStepThatTakesLessTimeThanAddingUpIsDoubted() throws Exception {
        assertThat(doubt(3))
                .contains(
                        "A step computes for about 3.0 ms, but to add up 1,000,003 numbers of 2 workers over a network"
                                + " takes about 3.3 ms; fewer workers or a larger batch size would be faster.");
    }

    @Test
    void aLongerOneIsNot() throws Exception {
        assertThat(doubt(4)).isEmpty();
    }

    @Test
    void neitherIsARunOfOneWorker() throws Exception {
        assertThat(WorkerThreads.run(1, workers -> workers.doubt(1, STEPS))).containsExactly(Optional.empty());
    }
}
