package org.gradienttape.analysis;

import java.util.List;

/**
 * Numbers about predictions, with Keras' life cycle: update on each row, result at the end of a group, reset before the
 * next.
 *
 * @param <R> one row
 */
interface Scores<R> {
    void update(R row);

    List<Score> result();

    /** Numbers about each class. */
    List<Score> details();

    /** The names of the classes; none if numbers are predicted. */
    List<String> classes();

    /** The confusion matrix. */
    List<ClassPair> pairs();

    void reset();
}
