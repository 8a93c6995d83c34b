package org.gradienttape.analysis;

import java.util.List;

/**
 * What a table of predictions says.
 *
 * @param groups one per group, in the order of the table; none if it has no groups
 * @param all over the whole table
 * @param details of the whole table: precision, recall and F1 of each class, and the confusion matrix
 * @param classes their names, in order; none if numbers are predicted
 * @param pairs the confusion matrix of the whole table
 */
public record PredictionReport(
        List<Group> groups, List<Score> all, List<Score> details, List<String> classes, List<ClassPair> pairs) {
    /**
     * One group, for example an epoch.
     *
     * @param name what the group column holds
     * @param scores of its rows
     * @param pairs the confusion matrix of its rows
     */
    public record Group(String name, List<Score> scores, List<ClassPair> pairs) {
        public Group {
            scores = List.copyOf(scores);
            pairs = List.copyOf(pairs);
        }
    }

    public PredictionReport {
        groups = List.copyOf(groups);
        all = List.copyOf(all);
        details = List.copyOf(details);
        classes = List.copyOf(classes);
        pairs = List.copyOf(pairs);
    }
}
