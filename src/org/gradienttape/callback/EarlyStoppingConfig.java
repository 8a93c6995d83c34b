package org.gradienttape.callback;

import org.gradienttape.error.InvalidInputException;

/**
 * Ends training when a number stops getting better: Keras' EarlyStopping.
 *
 * @param watch Keras' default is the validation loss with a minimum change of 0
 * @param patience epochs without a better value after which training ends, at least 0; Keras' default 0
 * @param weights which ones the trained model gets
 */
public record EarlyStoppingConfig(Watch watch, int patience, Kept weights) {
    /** Which weights are the result. */
    public enum Kept {
        /** Those after the last epoch; Keras' default. */
        LAST,
        /** Those after the best epoch; Keras' restore_best_weights. Also if training is not ended early. */
        BEST
    }

    public EarlyStoppingConfig {
        checkPatience(patience);
    }

    static void checkPatience(final int patience) {
        if (patience < 0) {
            throw new InvalidInputException("The patience must be at least 0 epochs, but it is " + patience + ".");
        }
    }
}
