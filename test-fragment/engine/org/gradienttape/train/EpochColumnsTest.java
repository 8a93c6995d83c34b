package org.gradienttape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class EpochColumnsTest {
    @Test
    void abbreviationsKeepTheirCapitals() {
        assertThat(EpochColumns.withValidation(EpochColumns.LOSS, List.of("Accuracy", "AUC", "F1", "Top-5 accuracy")))
                .containsExactly(
                        "Loss",
                        "Accuracy",
                        "AUC",
                        "F1",
                        "Top-5 accuracy",
                        "Validation loss",
                        "Validation accuracy",
                        "Validation AUC",
                        "Validation F1",
                        "Validation top-5 accuracy");
    }

    @Test
    void aNameOfOneLetterStays() {
        assertThat(EpochColumns.validation("K")).isEqualTo("Validation K");
    }

    @Test
    void numbersGoByTheirColumns() {
        final TrainingLog.EpochRow validated = new TrainingLog.EpochRow(
                0, 5, List.of(0.5), List.of(0.75), List.of(0.25), List.of(0.875), List.of(0.1), 1);
        final TrainingLog.EpochRow alone =
                new TrainingLog.EpochRow(0, 5, List.of(0.5), List.of(0.75), List.of(), List.of(), List.of(0.1), 1);

        assertThat(EpochColumns.numbers(EpochColumns.LOSS, List.of("Accuracy"), validated))
                .containsOnly(
                        entry("Loss", 0.5),
                        entry("Accuracy", 0.75),
                        entry("Validation loss", 0.25),
                        entry("Validation accuracy", 0.875));
        assertThat(EpochColumns.numbers(EpochColumns.LOSS, List.of("Accuracy"), alone))
                .containsOnly(entry("Loss", 0.5), entry("Accuracy", 0.75));
    }
}
