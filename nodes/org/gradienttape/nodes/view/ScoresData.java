package org.gradienttape.nodes.view;

import java.util.List;

/**
 * What the page of scores shows; it reaches the page as JSON, with these names.
 *
 * @param title of the page
 * @param runs one per scored table
 */
public record ScoresData(String title, List<Run> runs) {
    /**
     * One scored table.
     *
     * @param groups how many it has; more than are shown if there are many
     * @param classes how many there are
     * @param shownClasses names of those in the confusion matrices, in order; none if numbers are predicted
     * @param parts the whole table, then its groups in their order
     * @param points the predicted numbers that are drawn; none if classes are predicted
     */
    public record Run(
            String name, long groups, long classes, List<String> shownClasses, List<Part> parts, Points points) {}

    /**
     * Predicted numbers, fewer than were scored if there are many.
     *
     * @param parts of each point, which part of the run its group is: 0 if there are no groups, -1 if it is not among those shown
     * @param targets the true numbers
     * @param predicted the numbers that were said
     */
    public record Points(int[] parts, double[] targets, double[] predicted) {}

    /**
     * The rows that are scored together.
     *
     * @param group its name; null for the whole table
     * @param pairs the confusion matrix without its zeros: [true class, predicted class, samples], classes as places among
     *     those shown; the predicted class -1 stands for all that are not shown
     */
    public record Part(String group, List<Score> scores, List<long[]> pairs) {}

    /**
     * One number.
     *
     * @param value null if there is none
     * @param low end of its confidence interval; null if it has none
     * @param high end of its confidence interval; null if it has none
     * @param samples how many it rests on
     */
    public record Score(String metric, Double value, Double low, Double high, long samples) {}

    public ScoresData {
        runs = List.copyOf(runs);
    }
}
