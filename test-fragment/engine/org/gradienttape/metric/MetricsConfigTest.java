package org.gradienttape.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.metric.MetricsConfig.Kind;
import org.junit.jupiter.api.Test;

class MetricsConfigTest {
    @Test
    void namesMetricsInOneOrder() {
        assertThat(new MetricsConfig(EnumSet.allOf(Kind.class), 3).names())
                .containsExactly(
                        "Accuracy",
                        "Top-3 accuracy",
                        "Precision",
                        "Recall",
                        "F1",
                        "AUC",
                        "Mean squared error",
                        "Mean absolute error",
                        "Root mean squared error",
                        "R²");
        assertThat(MetricsConfig.ACCURACY.names()).containsExactly("Accuracy");
        assertThat(new MetricsConfig(Set.of(), 5).names()).isEmpty();
    }

    @Test
    void choosesTheAccuracyThatFitsTheOutputs() {
        assertThat(MetricsConfig.ACCURACY.metrics(Outputs.CLASS_LOGITS, 10))
                .hasOnlyElementsOfType(SparseCategoricalAccuracy.class);
        assertThat(MetricsConfig.ACCURACY.metrics(Outputs.NUMBERS, 10))
                .hasOnlyElementsOfType(SparseCategoricalAccuracy.class);
        assertThat(accuracyOf(0.4f, Outputs.LOGITS)).isEqualTo(1);
        assertThat(accuracyOf(0.4f, Outputs.NUMBERS)).isZero();
        assertThat(accuracyOf(0.6f, Outputs.NUMBERS)).isEqualTo(1);
    }

    @Test
    void refusesAKBelowOne() {
        assertThatThrownBy(() -> new MetricsConfig(Set.of(), 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The k of top-k accuracy must be at least 1, but it is 0.");
    }

    private static double accuracyOf(final float output, final Outputs outputs) {
        final Metric accuracy = MetricsConfig.ACCURACY.metrics(outputs, 1).get(0);
        accuracy.update(new Predictions(new float[] {output}, 1, 1), Targets.ofClasses(1));
        return accuracy.result();
    }
}
