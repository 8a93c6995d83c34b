package org.gradienttape.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gradienttape.callback.CallbacksConfig.NonFiniteLoss;
import org.gradienttape.callback.EarlyStoppingConfig.Kept;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyStoppingTest {
    /** keras/src/callbacks/early_stopping_test.py, test_early_stopping_patience. */
    private static final double[] LOSSES = {10.0, 9.0, 8.0, 9.0, 8.9, 8.8, 8.7, 8.6, 8.5};

    @ParameterizedTest
    @CsvSource({"0, 3", "1, 3", "2, 4", "3, 5"})
    void endsAfterTheEpochThatKerasTestNames(final int patience, final int expected) {
        assertThat(lastEpoch(new EarlyStoppingConfig(CallbackFixture.LOSS, patience, Kept.LAST), LOSSES))
                .isEqualTo(expected);
    }

    @Test
    void neverEndsAfterTheFirstEpochOrWhileTheNumberGetsBetter() {
        final EarlyStoppingConfig impatient = new EarlyStoppingConfig(CallbackFixture.LOSS, 0, Kept.LAST);

        assertThat(lastEpoch(impatient, 3, 2, 1, 0.5)).isEqualTo(3);
        assertThat(lastEpoch(impatient, 1, 1)).isEqualTo(1);
    }

    @Test
    void changesUpToTheMinimumDoNotCount() {
        final EarlyStoppingConfig config = new EarlyStoppingConfig(new Watch("Loss", 0.5), 2, Kept.LAST);

        assertThat(lastEpoch(config, 4, 3.75, 3.5, 3)).isEqualTo(2);
        assertThat(lastEpoch(config, 4, 3.75, 3.25, 3)).isEqualTo(3);
    }

    @Test
    void metricsGetBetterByRising() {
        final EarlyStopping stopping = new EarlyStopping(
                new EarlyStoppingConfig(new Watch("Validation AUC", 0), 1, Kept.LAST), CallbackFixture.noModel());

        assertThat(stopping.goOn(0, Map.of("Validation AUC", 0.5))).isTrue();
        assertThat(stopping.goOn(1, Map.of("Validation AUC", 0.6))).isTrue();
        assertThat(stopping.goOn(2, Map.of("Validation AUC", 0.6))).isFalse();
    }

    /** Epochs without a value neither use the patience up nor become the best one. */
    @Test
    void anUndefinedNumberDoesNotCount() {
        final EarlyStoppingConfig config = new EarlyStoppingConfig(new Watch("Validation AUC", 0), 1, Kept.BEST);
        final EarlyStopping stopping = new EarlyStopping(config, () -> List.of(CallbackFixture.model(7)));

        for (int epoch = 0; epoch < 5; epoch++) {
            assertThat(stopping.goOn(epoch, Map.of("Validation AUC", Double.NaN)))
                    .isTrue();
        }
        assertThat(stopping.bestModels()).isEmpty();
        assertThat(stopping.goOn(5, Map.of("Validation AUC", 0.5))).isTrue();
        assertThat(stopping.bestModels()).isPresent();
        assertThat(stopping.goOn(6, Map.of("Validation AUC", Double.NaN))).isTrue();
        assertThat(stopping.goOn(7, Map.of("Validation AUC", 0.5))).isFalse();
    }

    @Test
    void keepsTheModelOfTheBestEpochAndSaysWhichThatWas() {
        final List<String> lines = new ArrayList<>();
        final double[] weight = {0};
        final Callbacks callbacks = new Callbacks(
                CallbackFixture.with(new EarlyStoppingConfig(CallbackFixture.LOSS, 2, Kept.BEST), NonFiniteLoss.FAIL),
                List.of(1.0),
                () -> List.of(CallbackFixture.model(weight[0])),
                lines::add);

        for (int epoch = 0; epoch < 4; epoch++) {
            weight[0] = epoch;
            assertThat(callbacks.goOn(epoch, CallbackFixture.loss(LOSSES[epoch + 1])))
                    .isEqualTo(epoch < 3);
        }

        assertThat(CallbackFixture.weight(callbacks.result())).isEqualTo(1);
        assertThat(lines).containsExactly("Early stopping after epoch 3: Loss was best in epoch 1 with 8.0000");
    }

    @Test
    void theLastModelIsTheResultOtherwise() {
        final Callbacks callbacks = new Callbacks(
                CallbackFixture.with(new EarlyStoppingConfig(CallbackFixture.LOSS, 1, Kept.LAST), NonFiniteLoss.FAIL),
                List.of(1.0),
                () -> List.of(CallbackFixture.model(7)),
                line -> {});
        callbacks.goOn(0, CallbackFixture.loss(1));

        assertThat(callbacks.goOn(1, CallbackFixture.loss(2))).isFalse();
        assertThat(CallbackFixture.weight(callbacks.result())).isEqualTo(7);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> new EarlyStoppingConfig(CallbackFixture.LOSS, -1, Kept.LAST))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The patience must be at least 0 epochs, but it is -1.");
        assertThatThrownBy(() -> new Watch("Loss", -1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The minimum change must be a number of at least 0, but it is -1.0.");
        assertThatThrownBy(() -> new Watch("Seconds", 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("\"Seconds\" is neither");
    }

    /** The epoch after which training ends; the last one if it does not. */
    private static int lastEpoch(final EarlyStoppingConfig config, final double... losses) {
        final EarlyStopping stopping = new EarlyStopping(config, CallbackFixture.noModel());
        for (int epoch = 0; epoch < losses.length; epoch++) {
            if (!stopping.goOn(epoch, CallbackFixture.loss(losses[epoch]))) {
                return epoch;
            }
        }
        return losses.length - 1;
    }
}
