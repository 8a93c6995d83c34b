package org.gradienttape.callback;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.gradienttape.model.Model;
import org.gradienttape.state.Memory;

/** Counts the epochs since a number was best, and keeps the best models if it is asked to. */
final class EarlyStopping {
    private final EarlyStoppingConfig config;
    private final Supplier<List<Model>> now;
    private double best = Double.NaN;
    private int bestEpoch;
    private int waited;
    private Optional<List<Model>> bestModels = Optional.empty();

    /**
     * @param now the models as they are trained so far
     */
    EarlyStopping(final EarlyStoppingConfig config, final Supplier<List<Model>> now) {
        this.config = config;
        this.now = now;
    }

    /**
     * Takes the numbers of an epoch in; false if training ends. The first epoch never ends it, as in Keras, and one whose
     * number is undefined does not count.
     */
    boolean goOn(final int epoch, final Map<String, Double> numbers) {
        final double value = config.watch().in(numbers);
        if (Double.isNaN(value)) {
            return true;
        }
        waited++;
        if (Double.isNaN(best) || config.watch().isBetter(value, best)) {
            best = value;
            bestEpoch = epoch;
            waited = 0;
            if (config.weights() == EarlyStoppingConfig.Kept.BEST) {
                bestModels = Optional.of(now.get());
            }
            return true;
        }
        return waited < config.patience() || epoch == 0;
    }

    /** Keeps what it knows of the epochs until now, or goes back to it. */
    void keep(final Memory memory) {
        best = memory.number("best", best);
        bestEpoch = memory.integer("best epoch", bestEpoch);
        waited = memory.integer("waited", waited);
        bestModels = KeptModels.keep(memory.part("best models"), bestModels, now);
    }

    /** Why training ended. */
    String message(final int epoch) {
        return String.format(
                Locale.ROOT,
                "Early stopping after epoch %d: %s was best in epoch %d with %.4f",
                epoch,
                config.watch().column(),
                bestEpoch,
                best);
    }

    /** The models of the best epoch, if they are wanted. */
    Optional<List<Model>> bestModels() {
        return bestModels;
    }
}
