package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Consumer;
import org.gradienttape.graph.Trace;
import org.gradienttape.tensor.Machine;
import org.junit.jupiter.api.Test;

/** Memory between calls is used again, but never by two who need it at once, and does not grow. */
class PassedTest {
    private static final Machine MACHINE = Trace.ofOperations();
    private static final List<Machine.Placed> TWO =
            List.of(new Machine.Placed(MACHINE.full(0, 3, 2), 0), new Machine.Placed(MACHINE.full(0, 4), 8));

    private static void with(final Consumer<Passed> test) {
        try (NDManager arrays = TorchEngine.start().newManager(Device.cpu());
                Passed passed = new Passed(arrays)) {
            test.accept(passed);
        }
    }

    private static List<Object> residents(final Passed.Room... rooms) {
        return List.of(rooms).stream()
                .flatMap(room -> room.places().stream())
                .map(Object.class::cast)
                .toList();
    }

    @Test
    void whatIsReleasedIsUsedAgain() {
        with(passed -> {
            Passed.Room first = passed.take(TWO, 15, List.of());
            passed.release(residents(first));

            assertThat(passed.take(TWO, 15, List.of())).isSameAs(first);
            assertThat(first.numbers().limit()).isEqualTo(15);
            assertThat(first.places()).hasSize(2);
        });
    }

    @Test
    void whatIsTakenIsGivenToNobodyElse() {
        with(passed -> {
            Passed.Room first = passed.take(TWO, 15, List.of());
            Passed.Room second = passed.take(TWO, 15, List.of());

            assertThat(second).isNotSameAs(first);
        });
    }

    /** Steps that pass twice on, each read by the call in which the next one writes first. */
    @Test
    void aStepWritesWhereTheOneBeforeIsReadUntilThen() {
        with(passed -> {
            Passed.Room first = passed.take(TWO, 15, List.of());
            Passed.Room second = passed.take(TWO, 15, List.of());
            for (int step = 0; step < 3; step++) {
                List<Object> before = residents(first, second);
                assertThat(passed.take(TWO, 15, before)).isSameAs(first);
                passed.release(before);
                assertThat(passed.take(TWO, 15, List.of())).isSameAs(second);
                assertThat(passed.take(TWO, 15, List.of())).isNotIn(first, second);
            }
        });
    }

    @Test
    void otherNumbersGetOtherMemory() {
        with(passed -> {
            Passed.Room first = passed.take(TWO, 15, List.of());
            passed.release(residents(first));

            assertThat(passed.take(TWO, 16, List.of())).isNotSameAs(first);
            assertThat(passed.take(TWO.subList(1, 2), 15, List.of())).isNotSameAs(first);
            assertThat(passed.take(List.of(TWO.get(0), new Machine.Placed(MACHINE.full(0, 2, 2), 8)), 15, List.of()))
                    .isNotSameAs(first);
            assertThat(passed.take(List.of(TWO.get(0), new Machine.Placed(MACHINE.full(0, 4), 9)), 15, List.of()))
                    .isNotSameAs(first);
            assertThat(passed.take(TWO, 15, List.of())).isSameAs(first);
        });
    }

    /** A last batch of another size takes the place of the others until the next epoch. */
    @Test
    void whatAStepDoesNotUseIsGivenBack() {
        with(passed -> {
            Passed.Room full = passed.take(TWO, 15, List.of());
            Passed.Room last = passed.take(TWO, 10 + 4, residents(full));
            passed.release(residents(full));
            Passed.Room next = passed.take(TWO, 10 + 4, residents(last));
            assertThat(next).isSameAs(last);
            passed.release(residents(last));

            assertThat(passed.take(TWO, 15, List.of())).isNotSameAs(full);
        });
    }
}
