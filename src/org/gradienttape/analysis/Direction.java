package org.gradienttape.analysis;

import java.util.Locale;

/** Whether a number gets better by falling or by rising. */
public enum Direction {
    /** Losses and errors. */
    LOWER_IS_BETTER,
    /** Accuracies and other metrics. */
    HIGHER_IS_BETTER,
    /** Neither, for example seconds or the learning rate: no best epoch and no verdict. */
    NONE;

    /**
     * Guesses from the name of a column: losses and errors fall; accuracy, precision, recall, F1, AUC, top-k and R² rise;
     * all else is neither. Underscores part words, as in the "val_loss" of Keras' logs.
     */
    public static Direction of(final String column) {
        final String name = column.toLowerCase(Locale.ROOT).replace('_', ' ');
        if (name.matches(".*\\b(loss|error|mse|rmse|mae|mape|crossentropy|cross-entropy)\\b.*")) {
            return LOWER_IS_BETTER;
        }
        return name.matches(".*\\b(?:(?:accuracy|acc|precision|recall|f1|auc|top-\\d+|r2)\\b|r²).*")
                ? HIGHER_IS_BETTER
                : NONE;
    }
}
