package org.gradienttape.callback;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;

/**
 * What happens between the steps of a run.
 *
 * @param schedule of the learning rate
 * @param plateau makes the learning rate smaller
 * @param earlyStopping ends training
 * @param checkpoint writes the best model
 * @param nonFiniteLoss what happens when the loss stops being a number
 */
public record CallbacksConfig(
        Schedule schedule,
        Optional<PlateauConfig> plateau,
        Optional<EarlyStoppingConfig> earlyStopping,
        Optional<CheckpointConfig> checkpoint,
        NonFiniteLoss nonFiniteLoss) {
    /** What happens when a loss becomes NaN or infinite. */
    public enum NonFiniteLoss {
        /** The run fails, and says where. */
        FAIL,
        /** The run ends there: Keras' TerminateOnNaN. Its model is that of the last finished epoch. */
        STOP
    }

    /** Nothing: the learning rate is constant, and only an error ends training early. */
    public static final CallbacksConfig NONE = new CallbacksConfig(
            new Schedule.Constant(), Optional.empty(), Optional.empty(), Optional.empty(), NonFiniteLoss.FAIL);

    /** Whether a run may end before its last epoch, with a result. */
    public boolean mayEndEarly() {
        return earlyStopping.isPresent() || nonFiniteLoss == NonFiniteLoss.STOP;
    }

    /**
     * Checks that the watched numbers are there.
     *
     * @param columns the losses and metrics of the epoch log that will have values
     * @throws InvalidInputException if one is not
     */
    public void checkWatched(final List<String> columns) {
        watches().forEach((who, watch) -> check(who, watch, columns));
    }

    /** What is watched, by who watches it. */
    public Map<String, Watch> watches() {
        final Map<String, Watch> watches = new LinkedHashMap<>();
        earlyStopping.ifPresent(config -> watches.put("Early stopping", config.watch()));
        plateau.ifPresent(config -> watches.put("The reduction of the learning rate", config.watch()));
        checkpoint.ifPresent(config -> watches.put("The checkpoint", config.watch()));
        return watches;
    }

    private static void check(final String who, final Watch watch, final List<String> columns) {
        if (!columns.contains(watch.column())) {
            final String remedy = watch.column().startsWith("Validation ")
                    ? "connect validation data, or watch another number"
                    : "choose this metric, or watch another number";
            throw new InvalidInputException(who + " watches \"" + watch.column() + "\", but the run reports "
                    + String.join(", ", columns) + "; " + remedy + ".");
        }
    }
}
