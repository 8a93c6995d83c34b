package org.gradienttape.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig.NonFiniteLoss;
import org.gradienttape.callback.EarlyStoppingConfig.Kept;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class CallbacksTest {
    private static final CallbacksConfig STOP_ON_NAN = new CallbacksConfig(
            new Schedule.Constant(), Optional.empty(), Optional.empty(), Optional.empty(), NonFiniteLoss.STOP);

    @Test
    void withoutCallbacksTheRateIsConstantAndNothingIsKept() {
        final Callbacks callbacks =
                new Callbacks(CallbacksConfig.NONE, List.of(0.125), CallbackFixture.noModel(), line -> {});

        assertThat(callbacks.nextRates()).containsExactly(0.125);
        assertThat(callbacks.goOn(0, CallbackFixture.loss(1))).isTrue();
        assertThat(callbacks.nextRates()).containsExactly(0.125);
        assertThat(callbacks.endsOnNonFiniteLoss()).isFalse();
        assertThat(CallbacksConfig.NONE.mayEndEarly()).isFalse();
    }

    @Test
    void aLossWithoutANumberLeavesTheModelOfTheLastFinishedEpoch() {
        final double[] weight = {1};
        final Callbacks callbacks =
                new Callbacks(STOP_ON_NAN, List.of(1.0), () -> List.of(CallbackFixture.model(weight[0])), line -> {});
        callbacks.begin();
        weight[0] = 2;
        callbacks.goOn(0, CallbackFixture.loss(1));
        weight[0] = Double.NaN;

        assertThat(callbacks.endsOnNonFiniteLoss()).isTrue();
        assertThat(CallbackFixture.weight(callbacks.result())).isEqualTo(2);
        assertThat(STOP_ON_NAN.mayEndEarly()).isTrue();
    }

    /** The loss of an epoch is a number, but its last update has spoiled the weights. */
    @Test
    void anEpochThatLeavesNoNumbersIsNotTheLastFinishedOne() {
        final double[] weight = {1};
        final Callbacks callbacks =
                new Callbacks(STOP_ON_NAN, List.of(1.0), () -> List.of(CallbackFixture.model(weight[0])), line -> {});
        callbacks.begin();
        weight[0] = Double.POSITIVE_INFINITY;
        callbacks.goOn(0, CallbackFixture.loss(1));

        assertThat(callbacks.endsOnNonFiniteLoss()).isTrue();
        assertThat(CallbackFixture.weight(callbacks.result())).isEqualTo(1);
    }

    @Test
    void aLossWithoutANumberInTheFirstEpochLeavesTheModelAsItWas() {
        final double[] weight = {1};
        final Callbacks callbacks =
                new Callbacks(STOP_ON_NAN, List.of(1.0), () -> List.of(CallbackFixture.model(weight[0])), line -> {});
        callbacks.begin();
        weight[0] = Double.NaN;

        assertThat(callbacks.endsOnNonFiniteLoss()).isTrue();
        assertThat(CallbackFixture.weight(callbacks.result())).isEqualTo(1);
    }

    @Test
    void aRunThatEndsWellHasItsLastModel() {
        final double[] weight = {1};
        final Callbacks callbacks =
                new Callbacks(STOP_ON_NAN, List.of(1.0), () -> List.of(CallbackFixture.model(weight[0])), line -> {});
        callbacks.begin();
        weight[0] = 3;

        assertThat(CallbackFixture.weight(callbacks.result())).isEqualTo(3);
    }

    @Test
    void whatIsWatchedMustBeReported() {
        final CallbacksConfig config = CallbackFixture.with(
                new EarlyStoppingConfig(new Watch("Validation loss", 0), 0, Kept.LAST), NonFiniteLoss.FAIL);

        assertThatCode(() -> config.checkWatched(List.of("Loss", "Validation loss")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> config.checkWatched(List.of("Loss", "Accuracy")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Early stopping watches \"Validation loss\", but the run reports Loss, Accuracy; connect"
                        + " validation data, or watch another number.");
        assertThatThrownBy(() -> CallbackFixture.with(
                                new Schedule.Constant(), new PlateauConfig(new Watch("AUC", 0), 0.1, 10, 0, 0))
                        .checkWatched(List.of("Loss")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The reduction of the learning rate watches \"AUC\", but the run reports Loss; choose this"
                        + " metric, or watch another number.");
    }
}
