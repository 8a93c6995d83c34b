package org.gradienttape.analysis;

import java.util.List;

/**
 * What a table of predictions says.
 *
 * @param groups one per group, in the order of the table; none if it has no groups
 * @param all over the whole table
 * @param details of the whole table: precision, recall and F1 of each class, and the confusion matrix
 */
public record PredictionReport(List<Group> groups, List<Score> all, List<Score> details) {
    /**
     * One group, for example an epoch.
     *
     * @param name what the group column holds
     * @param scores of its rows
     */
    public record Group(String name, List<Score> scores) {
        public Group {
            scores = List.copyOf(scores);
        }
    }

    public PredictionReport {
        groups = List.copyOf(groups);
        all = List.copyOf(all);
        details = List.copyOf(details);
    }
}
