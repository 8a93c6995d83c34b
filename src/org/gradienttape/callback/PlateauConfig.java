package org.gradienttape.callback;

import org.gradienttape.error.InvalidInputException;

/**
 * Makes the learning rate smaller when a number stops getting better: Keras' ReduceLROnPlateau.
 *
 * @param watch Keras' default is the validation loss with a minimum change of 1e-4
 * @param factor what the rate is multiplied by, above 0 and below 1; Keras' default 0.1
 * @param patience epochs without a better value after which that happens, at least 0; Keras' default 10
 * @param cooldown epochs after a reduction that do not count, at least 0; Keras' default 0
 * @param minimumRate the rate is not made smaller than this, at least 0; Keras' default 0
 */
public record PlateauConfig(Watch watch, double factor, int patience, int cooldown, double minimumRate) {
    public PlateauConfig {
        EarlyStoppingConfig.checkPatience(patience);
        if (!(factor > 0 && factor < 1)) {
            throw new InvalidInputException(
                    "The factor of the learning rate must be above 0 and below 1, but it is " + factor + ".");
        }
        if (cooldown < 0) {
            throw new InvalidInputException("The cooldown must be at least 0 epochs, but it is " + cooldown + ".");
        }
        if (!(minimumRate >= 0 && minimumRate <= Double.MAX_VALUE)) {
            throw new InvalidInputException(
                    "The smallest learning rate must be a number of at least 0, but it is " + minimumRate + ".");
        }
    }
}
