package org.gradienttape.analysis;

import java.util.List;
import org.gradienttape.error.InvalidInputException;

/**
 * How predictions of classes are scored.
 *
 * @param classes their names; the columns of the predictions follow them
 * @param evidence what is known of a prediction
 * @param positive the class that precision, recall, F1, AUC and errors are about; -1 for all classes together
 * @param topK the k of top-k accuracy, at least 1
 * @param confidence of the intervals, above 0 and below 1
 */
public record Scoring(List<String> classes, Evidence evidence, int positive, int topK, double confidence) {
    /** What is known of a prediction. */
    public enum Evidence {
        /** The probability of each class. */
        PROBABILITIES,
        /** The predicted class alone; what needs probabilities is left out. */
        CLASSES
    }

    /** The counts of all pairs of classes take 8 bytes each, twice: 64 MB for so many classes. */
    private static final int MOST_CLASSES = 2000;

    /** No class is the positive one. */
    public static final int ALL_CLASSES = -1;

    public Scoring {
        classes = List.copyOf(classes);
        if (classes.size() > MOST_CLASSES) {
            throw new InvalidInputException("The target and prediction columns should have at most " + MOST_CLASSES
                    + " different classes, but they have " + classes.size()
                    + "; choose other columns, or score them as numbers.");
        }
        if (topK < 1) {
            throw new InvalidInputException("The k of top-k accuracy must be at least 1, but it is " + topK + ".");
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new InvalidInputException(
                    "The confidence level must be above 0 and below 1, but it is " + confidence + ".");
        }
    }
}
