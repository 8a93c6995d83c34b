package org.gradienttape.metric;

/**
 * A number over many batches, with the life cycle of Keras: update for each batch, result at any time, reset before the
 * next epoch. A user's own implements it too; a run makes one object for the training data and one for the validation
 * data.
 */
public interface Metric {
    /** The name in tables, for example "Accuracy". */
    String name();

    /**
     * Takes one batch in.
     *
     * @param predictions one row per sample
     * @param targets what is true, one row per sample, with the samples' weights
     */
    void update(Predictions predictions, Targets targets);

    /**
     * The value over all batches since the last reset; NaN where it is undefined, as before the first batch. Keras says 0
     * there, which looks like a model that is always wrong.
     */
    double result();

    void reset();
}
