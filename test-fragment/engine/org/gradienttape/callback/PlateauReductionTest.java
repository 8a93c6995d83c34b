package org.gradienttape.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.callback.Schedule.Exponential.Form;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Rates of the epochs, one update each. The figures follow from Keras' rule by hand. */
class PlateauReductionTest {
    private static final Schedule CONSTANT = new Schedule.Constant();

    /** Epoch 0 is best; 1 and 2 are not better, so the rate is halved from epoch 3 on; 3 and 4 likewise. */
    @Test
    void reducesAfterTheEpochsOfItsPatience() {
        assertThat(rates(CONSTANT, new PlateauConfig(CallbackFixture.LOSS, 0.5, 2, 0, 0), 1, 1, 1, 1, 1, 1))
                .containsExactly(1.0, 1.0, 1.0, 0.5, 0.5, 0.25);
    }

    @Test
    void aBetterNumberStartsThePatienceAnew() {
        assertThat(rates(CONSTANT, new PlateauConfig(CallbackFixture.LOSS, 0.5, 2, 0, 0), 3, 3, 2, 2, 2, 2))
                .containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, 0.5);
    }

    /** Reduced after epoch 1; epochs 2 and 3 cool down: 3 ends the cooldown and counts as the first of the patience. */
    @Test
    void cooldownEpochsDoNotCount() {
        assertThat(rates(CONSTANT, new PlateauConfig(CallbackFixture.LOSS, 0.5, 1, 2, 0), 1, 1, 1, 1, 1))
                .containsExactly(1.0, 1.0, 0.5, 0.5, 0.25);
    }

    /** Epochs 1 and 3 have no value; 2 and 4 are the two that are not better. */
    @Test
    void epochsWithoutAValueDoNotCount() {
        final double none = Double.NaN;

        assertThat(rates(CONSTANT, new PlateauConfig(CallbackFixture.LOSS, 0.5, 2, 0, 0), 1, none, 1, none, 1, 1))
                .containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, 0.5);
        assertThat(rates(CONSTANT, new PlateauConfig(CallbackFixture.LOSS, 0.5, 1, 0, 0), none, none, 1, 1, 1))
                .containsExactly(1.0, 1.0, 1.0, 1.0, 0.5);
    }

    @Test
    void staysAtTheSmallestRate() {
        assertThat(rates(CONSTANT, new PlateauConfig(CallbackFixture.LOSS, 0.1, 1, 0, 0.05), 1, 1, 1, 1))
                .containsExactly(1.0, 1.0, 0.1, 0.05);
    }

    @Test
    void changesUpToTheMinimumDoNotCount() {
        assertThat(rates(CONSTANT, new PlateauConfig(new Watch("Loss", 0.5), 0.5, 1, 0, 0), 4, 3.5, 3.25))
                .containsExactly(1.0, 1.0, 0.5);
    }

    /** Halved by the schedule at each update, and once more from epoch 2 on. */
    @Test
    void reducesWhatASchedulesSays() {
        assertThat(rates(
                        new Schedule.Exponential(1, 0.5, Form.SMOOTH),
                        new PlateauConfig(CallbackFixture.LOSS, 0.5, 1, 0, 0),
                        1,
                        1,
                        0.5,
                        0.4))
                .containsExactly(1.0, 0.5, 0.125, 0.0625);
    }

    @Test
    void saysWhenItReduces() {
        final List<String> lines = new ArrayList<>();
        final Callbacks callbacks = new Callbacks(
                CallbackFixture.with(CONSTANT, new PlateauConfig(CallbackFixture.LOSS, 0.5, 1, 0, 0)),
                List.of(1.0),
                CallbackFixture.noModel(),
                lines::add);
        callbacks.goOn(0, CallbackFixture.loss(2));
        callbacks.goOn(1, CallbackFixture.loss(3));

        assertThat(lines).containsExactly("Learning rate reduced after epoch 1: Loss does not get better than 2.0000");
    }

    /** Epochs that have no value, are better, cool down or have the smallest rate already reduce nothing, and say nothing. */
    @Test
    void saysNothingWhereItReducesNothing() {
        final List<String> lines = new ArrayList<>();
        final Callbacks callbacks = new Callbacks(
                CallbackFixture.with(CONSTANT, new PlateauConfig(CallbackFixture.LOSS, 0.5, 1, 2, 0.5)),
                List.of(1.0),
                CallbackFixture.noModel(),
                lines::add);
        final double[] losses = {3, Double.NaN, 2, 2, 2, 2, 2, 2};
        for (int epoch = 0; epoch < losses.length; epoch++) {
            callbacks.nextRates();
            callbacks.goOn(epoch, CallbackFixture.loss(losses[epoch]));
        }

        assertThat(lines).containsExactly("Learning rate reduced after epoch 3: Loss does not get better than 2.0000");
    }

    /** From 0.5 to 0.75 is no more than the minimum change, from 0.5 to 1 is. */
    @Test
    void aNumberThatShouldRiseMustRiseByMoreThanTheMinimum() {
        final Watch accuracy = new Watch("Accuracy", 0.25);

        assertThat(accuracy.isBetter(0.75, 0.5)).isFalse();
        assertThat(accuracy.isBetter(1, 0.5)).isTrue();
        assertThat(accuracy.isBetter(0.25, 0.5)).isFalse();
    }

    @Test
    void refusesNumbersOutOfRange() {
        refused(() -> new PlateauConfig(CallbackFixture.LOSS, 1, 1, 0, 0), "above 0 and below 1, but it is 1.0.");
        refused(() -> new PlateauConfig(CallbackFixture.LOSS, 0.1, -1, 0, 0), "The patience must be at least 0");
        refused(() -> new PlateauConfig(CallbackFixture.LOSS, 0.1, 1, -1, 0), "The cooldown must be at least 0");
        refused(() -> new PlateauConfig(CallbackFixture.LOSS, 0.1, 1, 0, -1), "The smallest learning rate must be");
    }

    private static List<Double> rates(final Schedule schedule, final PlateauConfig config, final double... losses) {
        final Callbacks callbacks = new Callbacks(
                CallbackFixture.with(schedule, config), List.of(1.0), CallbackFixture.noModel(), line -> {});
        final List<Double> rates = new ArrayList<>();
        for (int epoch = 0; epoch < losses.length; epoch++) {
            rates.addAll(callbacks.nextRates());
            assertThat(callbacks.lastRates()).containsExactly(rates.get(epoch));
            assertThat(callbacks.goOn(epoch, CallbackFixture.loss(losses[epoch])))
                    .isTrue();
        }
        return rates;
    }

    private static void refused(final Runnable maker, final String message) {
        assertThatThrownBy(maker::run).isInstanceOf(InvalidInputException.class).hasMessageContaining(message);
    }
}
