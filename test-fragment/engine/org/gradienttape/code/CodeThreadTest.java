package org.gradienttape.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class CodeThreadTest {
    /** More than the patience with loops. */
    private static final int LOOKS_OF_A_LONG_CALL = 100;

    private final CountDownLatch end = new CountDownLatch(1);

    /** A step of a large model takes longer than the patience with loops; it is not to blame. */
    @Test
    void workThatWaitsForTheEngineIsNotLeftBehind() {
        final CodeThread thread = new CodeThread(
                any -> "step(Step.java:3)",
                any -> {
                    end.countDown(); // looked at only after it was asked to end
                    return true;
                },
                false);

        assertThat(thread.run(this::work, () -> false)).isEqualTo("done");
        assertThat(thread.isStopped()).isTrue();
    }

    /** From there it needs a moment to reach the next operation. */
    @Test
    void workThatComesBackFromALongCallOfTheEngineIsNotLeftBehind() {
        final AtomicInteger looks = new AtomicInteger();
        final CodeThread thread = new CodeThread(
                any -> "step(Step.java:3)",
                any -> {
                    final int before = looks.getAndIncrement();
                    if (before > LOOKS_OF_A_LONG_CALL) {
                        end.countDown();
                    }
                    return before < LOOKS_OF_A_LONG_CALL;
                },
                false);

        assertThat(thread.run(this::work, () -> false)).isEqualTo("done");
    }

    @Test
    void workThatDoesNotEndIsLeftBehind() {
        final CodeThread thread = new CodeThread(any -> "step(Step.java:3)", any -> false, false);
        try {
            assertThatThrownBy(() -> thread.run(this::work, () -> false))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("The Java code does not answer the cancel; it is in step(Step.java:3); ");
        } finally {
            end.countDown();
        }
    }

    /** Goes on in spite of interrupts. */
    private String work() {
        while (true) {
            try {
                end.await();
                return "done";
            } catch (final InterruptedException ignored) {
                Thread.interrupted();
            }
        }
    }
}
