package org.gradienttape.callback;

import java.util.List;
import org.gradienttape.error.InvalidInputException;

/**
 * How the learning rate goes with the updates, with Keras' formulas (keras.io/api/optimizers/learning_rate_schedules).
 * Updates count from 0 over all epochs.
 */
public sealed interface Schedule {
    /**
     * @param initial the optimizer's learning rate
     * @param update its number, from 0
     */
    double rate(double initial, long update);

    /** The same rate at every update. */
    record Constant() implements Schedule {
        @Override
        public double rate(final double initial, final long update) {
            return initial;
        }
    }

    /**
     * initial * decay rate ^ (update / decay steps): Keras' ExponentialDecay.
     *
     * @param decaySteps updates, at least 1
     * @param decayRate above 0; what is left of the rate after the decay steps
     * @param form whether the power grows with each update or once in so many
     */
    record Exponential(long decaySteps, double decayRate, Form form) implements Schedule {
        /** How the power grows. */
        public enum Form {
            SMOOTH,
            /** update / decay steps is rounded down; Keras' staircase. */
            STAIRCASE
        }

        public Exponential {
            checkSteps(decaySteps);
            if (!(decayRate > 0 && decayRate <= Double.MAX_VALUE)) {
                throw new InvalidInputException(
                        "The decay rate must be a number above 0, but it is " + decayRate + ".");
            }
        }

        @Override
        public double rate(final double initial, final long update) {
            final double power = (double) update / decaySteps;
            return initial * Math.pow(decayRate, form == Form.STAIRCASE ? Math.floor(power) : power);
        }
    }

    /**
     * Half a cosine from the initial rate down to a share of it, where it stays (Loshchilov and Hutter, 2016): Keras'
     * CosineDecay.
     *
     * @param decaySteps updates, at least 1
     * @param alpha the share of the initial rate that is left, from 0 to 1; Keras' default 0
     */
    record Cosine(long decaySteps, double alpha) implements Schedule {
        public Cosine {
            checkSteps(decaySteps);
            if (!(alpha >= 0 && alpha <= 1)) {
                throw new InvalidInputException(
                        "The share of the learning rate that is left must be at least 0 and at most 1, but it is "
                                + alpha + ".");
            }
        }

        @Override
        public double rate(final double initial, final long update) {
            final double done = (double) Math.min(update, decaySteps) / decaySteps;
            final double cosine = 0.5 * (1 + Math.cos(Math.PI * done));
            return initial * ((1 - alpha) * cosine + alpha);
        }
    }

    /**
     * The initial rate up to and with the first boundary, then the rate of the last boundary that is passed: Keras'
     * PiecewiseConstantDecay.
     *
     * @param changes in the order of their boundaries
     */
    record Piecewise(List<Change> changes) implements Schedule {
        /**
         * A new rate.
         *
         * @param boundary the last update with the rate before, at least 0
         * @param rate above 0
         */
        public record Change(long boundary, double rate) {
            public Change {
                if (boundary < 0) {
                    throw new InvalidInputException(
                            "The learning rate can change after update 0 or later, but not after " + boundary + ".");
                }
                if (!(rate > 0 && rate <= Double.MAX_VALUE)) {
                    throw new InvalidInputException("The learning rate after update " + boundary
                            + " must be a number above 0, but it is " + rate + ".");
                }
            }
        }

        public Piecewise {
            changes = List.copyOf(changes);
            for (int i = 1; i < changes.size(); i++) {
                if (changes.get(i).boundary() <= changes.get(i - 1).boundary()) {
                    throw new InvalidInputException("The changes of the learning rate must come one after the other,"
                            + " but update " + changes.get(i).boundary() + " follows update "
                            + changes.get(i - 1).boundary() + "; sort them.");
                }
            }
        }

        @Override
        public double rate(final double initial, final long update) {
            double rate = initial;
            for (final Change change : changes) {
                rate = update > change.boundary() ? change.rate() : rate;
            }
            return rate;
        }
    }

    /**
     * A straight line from a first rate up to the initial one, then another schedule, whose updates count from there
     * (Goyal et al., 2017): what Keras' CosineDecay does with warmup_target.
     *
     * @param steps updates of the warm-up, at least 1
     * @param from the rate of update 0, at least 0
     * @param then what follows
     */
    record WarmUp(long steps, double from, Schedule then) implements Schedule {
        public WarmUp {
            if (steps < 1) {
                throw new InvalidInputException("The warm-up must take at least 1 update, but it takes " + steps + ".");
            }
            if (!(from >= 0 && from <= Double.MAX_VALUE)) {
                throw new InvalidInputException(
                        "The learning rate at the start of the warm-up must be a number of at least 0, but it is "
                                + from + ".");
            }
        }

        @Override
        public double rate(final double initial, final long update) {
            return update < steps ? from + (initial - from) * update / steps : then.rate(initial, update - steps);
        }
    }

    private static void checkSteps(final long decaySteps) {
        if (decaySteps < 1) {
            throw new InvalidInputException("The decay must take at least 1 update, but it takes " + decaySteps + ".");
        }
    }
}
