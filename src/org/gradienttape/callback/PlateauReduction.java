package org.gradienttape.callback;

import java.util.Locale;
import java.util.Map;
import org.gradienttape.state.Memory;

/** Makes the learning rate smaller while a number does not get better. */
final class PlateauReduction {
    private final PlateauConfig config;
    private double best = Double.NaN;
    private int waited;
    private int cooldown;
    private double share = 1;

    PlateauReduction(final PlateauConfig config) {
        this.config = config;
    }

    /** What is left of a scheduled rate. */
    double reduced(final double scheduled) {
        return share == 1 ? scheduled : Math.max(scheduled * share, Math.min(scheduled, config.minimumRate()));
    }

    /**
     * Takes the numbers of an epoch in; one whose number is undefined does not count.
     *
     * @param rate of the epoch's last update
     * @return whether the rate is smaller from now on
     */
    boolean reduces(final Map<String, Double> numbers, final double rate) {
        final double value = config.watch().in(numbers);
        if (Double.isNaN(value)) {
            return false;
        }
        if (cooldown > 0) {
            cooldown--;
            waited = 0;
        }
        if (Double.isNaN(best) || config.watch().isBetter(value, best)) {
            best = value;
            waited = 0;
            return false;
        }
        if (cooldown > 0) {
            return false;
        }
        waited++;
        if (waited < config.patience() || rate <= config.minimumRate()) {
            return false;
        }
        share *= config.factor();
        cooldown = config.cooldown();
        waited = 0;
        return true;
    }

    /** Keeps what it knows of the epochs until now, or goes back to it. */
    void keep(final Memory memory) {
        best = memory.number("best", best);
        waited = memory.integer("waited", waited);
        cooldown = memory.integer("cooldown", cooldown);
        share = memory.number("share", share);
    }

    String message(final int epoch) {
        return String.format(
                Locale.ROOT,
                "Learning rate reduced after epoch %d: %s does not get better than %.4f",
                epoch,
                config.watch().column(),
                best);
    }
}
