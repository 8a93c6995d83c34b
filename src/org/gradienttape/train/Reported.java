package org.gradienttape.train;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Numbers that a user's step reports beside those that every step has. */
public final class Reported {
    private Reported() {}

    /**
     * Their names, in the order of their first report.
     *
     * @param rows of a log, each with its numbers by name
     */
    public static List<String> names(final Stream<Map<String, Double>> rows) {
        return rows.flatMap(row -> row.keySet().stream()).distinct().toList();
    }
}
