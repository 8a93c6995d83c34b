package org.gradienttape.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;

/**
 * Scores a table of predictions row by row: each metric is updated on each row, its result is taken at the end of a group
 * and it is reset before the next; beside, all rows are scored together.
 *
 * @param <R> one row
 */
public final class PredictionAnalysis<R> {
    /**
     * One prediction of a class.
     *
     * @param label the true class
     * @param predicted the class that was said
     * @param probabilities one per class
     */
    public record ClassRow(int label, int predicted, float[] probabilities) {}

    /**
     * One prediction of a number.
     *
     * @param target the true number
     * @param predicted the number that was said
     */
    public record NumberRow(double target, double predicted) {}

    private final Scores<R> ofGroup;
    private final Scores<R> ofAll;
    private final List<PredictionReport.Group> groups = new ArrayList<>();
    private final Set<String> ended = new HashSet<>();
    private Optional<String> group = Optional.empty();

    private PredictionAnalysis(final Scores<R> ofGroup, final Scores<R> ofAll) {
        this.ofGroup = ofGroup;
        this.ofAll = ofAll;
    }

    public static PredictionAnalysis<ClassRow> ofClasses(final Scoring scoring) {
        return new PredictionAnalysis<>(new ClassScores(scoring), new ClassScores(scoring));
    }

    /**
     * For predicted numbers.
     *
     * @param confidence of the intervals, above 0 and below 1
     */
    public static PredictionAnalysis<NumberRow> ofNumbers(final double confidence) {
        return new PredictionAnalysis<>(new NumberScores(confidence), new NumberScores(confidence));
    }

    /**
     * Takes the next row in.
     *
     * @param inGroup its group; empty if the table has none
     * @throws InvalidInputException if the rows of a group do not stand together
     */
    public void update(final R row, final Optional<String> inGroup) {
        if (!inGroup.equals(group)) {
            endGroup();
            group = inGroup;
            if (ended.contains(inGroup.orElse(""))) {
                throw new InvalidInputException("The rows of a group should stand together, but the group \""
                        + inGroup.orElse("") + "\" begins again after others; sort the table by the group column.");
            }
        }
        ofGroup.update(row);
        ofAll.update(row);
    }

    /** Ends the last group. */
    public PredictionReport report() {
        endGroup();
        return new PredictionReport(groups, ofAll.result(), ofAll.details(), ofAll.classes(), ofAll.pairs());
    }

    private void endGroup() {
        group.ifPresent(name -> {
            groups.add(new PredictionReport.Group(name, ofGroup.result(), ofGroup.pairs()));
            ended.add(name);
        });
        group = Optional.empty();
        ofGroup.reset();
    }
}
