package org.gradienttape.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.gradienttape.callback.Schedule.Exponential.Form;
import org.gradienttape.callback.Schedule.Piecewise.Change;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

/** The values are those of Keras' own tests, keras/src/optimizers/schedules/learning_rate_schedule_test.py. */
class ScheduleTest {
    @Test
    void constantStays() {
        assertThat(new Schedule.Constant().rate(0.1, 0)).isEqualTo(0.1);
        assertThat(new Schedule.Constant().rate(0.1, 1_000_000)).isEqualTo(0.1);
    }

    /** 0.05 * 0.96^(5 / 10). */
    @Test
    void exponentialDecaysWithEachUpdate() {
        final Schedule schedule = new Schedule.Exponential(10, 0.96, Form.SMOOTH);

        assertThat(schedule.rate(0.05, 0)).isEqualTo(0.05);
        assertThat(schedule.rate(0.05, 5)).isCloseTo(0.0489897949, within(1e-9));
        assertThat(schedule.rate(0.05, 10)).isCloseTo(0.048, within(1e-15));
    }

    /** 0.1 * 0.96^33 after 100 updates of 3 each. */
    @Test
    void staircaseDecaysOnceInSoManyUpdates() {
        final Schedule schedule = new Schedule.Exponential(3, 0.96, Form.STAIRCASE);

        assertThat(schedule.rate(0.1, 2)).isEqualTo(0.1);
        assertThat(schedule.rate(0.1, 3)).isCloseTo(0.096, within(1e-15));
        assertThat(schedule.rate(0.1, 100)).isCloseTo(0.1 * Math.pow(0.96, 33), within(1e-15));
    }

    /** 0.5 * (1 + cos(pi / 4)) = 0.853553 after a quarter; alpha 0.1 leaves 0.9 * that + 0.1. */
    @Test
    void cosineComesDownAndStays() {
        final Schedule toZero = new Schedule.Cosine(1000, 0);
        final Schedule toTenth = new Schedule.Cosine(1000, 0.1);

        assertThat(toZero.rate(1, 0)).isEqualTo(1);
        assertThat(toZero.rate(1, 250)).isCloseTo(0.853553, within(1e-6));
        assertThat(toZero.rate(1, 500)).isCloseTo(0.5, within(1e-12));
        assertThat(toZero.rate(1, 1000)).isCloseTo(0, within(1e-12));
        assertThat(toZero.rate(1, 1250)).isCloseTo(0, within(1e-12));
        assertThat(toTenth.rate(1, 250)).isCloseTo(0.868198, within(1e-6));
        assertThat(toTenth.rate(2, 1250)).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void piecewiseChangesAfterItsBoundaries() {
        final Schedule schedule =
                new Schedule.Piecewise(List.of(new Change(100, 0.1), new Change(110, 0.01), new Change(120, 0.001)));

        assertThat(schedule.rate(1, 0)).isEqualTo(1);
        assertThat(schedule.rate(1, 100)).isEqualTo(1);
        assertThat(schedule.rate(1, 105)).isEqualTo(0.1);
        assertThat(schedule.rate(1, 110)).isEqualTo(0.1);
        assertThat(schedule.rate(1, 120)).isEqualTo(0.01);
        assertThat(schedule.rate(1, 999)).isEqualTo(0.001);
        assertThat(new Schedule.Piecewise(List.of()).rate(1, 999)).isEqualTo(1);
    }

    /** Keras' test of CosineDecay with warmup_target 10 in 1500 steps from 0. */
    @Test
    void warmUpGoesUpInALineAndTheScheduleCountsFromThere() {
        final Schedule schedule = new Schedule.WarmUp(1500, 0, new Schedule.Cosine(10, 0));

        assertThat(schedule.rate(10, 0)).isZero();
        assertThat(schedule.rate(10, 750)).isCloseTo(5, within(1e-12));
        assertThat(schedule.rate(10, 1499)).isCloseTo(10 * 1499 / 1500.0, within(1e-12));
        assertThat(schedule.rate(10, 1500)).isEqualTo(10);
        assertThat(schedule.rate(10, 1505)).isCloseTo(5, within(1e-12));
        assertThat(new Schedule.WarmUp(4, 1, new Schedule.Constant()).rate(3, 2))
                .isEqualTo(2);
    }

    @Test
    void refusesNumbersOutOfRange() {
        refused(() -> new Schedule.Exponential(0, 0.9, Form.SMOOTH), "The decay must take at least 1 update");
        refused(() -> new Schedule.Exponential(1, 0, Form.SMOOTH), "The decay rate must be a number above 0");
        refused(() -> new Schedule.Cosine(0, 0), "The decay must take at least 1 update, but it takes 0.");
        refused(() -> new Schedule.Cosine(1, 1.1), "at least 0 and at most 1, but it is 1.1.");
        refused(() -> new Change(-1, 0.1), "after update 0 or later, but not after -1.");
        refused(() -> new Change(1, Double.NaN), "after update 1 must be a number above 0, but it is NaN.");
        refused(
                () -> new Schedule.Piecewise(List.of(new Change(5, 0.1), new Change(5, 0.2))),
                "update 5 follows update 5; sort them.");
        refused(() -> new Schedule.WarmUp(0, 0, new Schedule.Constant()), "The warm-up must take at least 1 update");
        refused(() -> new Schedule.WarmUp(1, -1, new Schedule.Constant()), "of at least 0, but it is -1.0.");
    }

    private static void refused(final Runnable maker, final String message) {
        assertThatThrownBy(maker::run).isInstanceOf(InvalidInputException.class).hasMessageContaining(message);
    }
}
