package org.gradienttape.torch;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradienttape.step.StepException;

/** The numbers that a step's code reports, each for a column of the step log. */
final class Reports {
    private static final int MOST_COLUMNS = 64;

    private final List<String> taken;
    private final Set<String> names = new HashSet<>();
    private final Map<String, Double> values = new LinkedHashMap<>();

    /**
     * @param taken names that the step log uses itself
     */
    Reports(final List<String> taken) {
        this.taken = taken;
    }

    void put(final String name, final double value) {
        if (name == null || name.isBlank() || taken.contains(name)) {
            throw new StepException("a reported number needs a name of its own, but it is \"" + name
                    + "\"; the step log already has the columns " + String.join(", ", taken));
        }
        names.add(name);
        if (names.size() > MOST_COLUMNS) {
            throw new StepException("a run may report at most " + MOST_COLUMNS
                    + " different names; keep changing numbers out of the names");
        }
        values.put(name, value);
    }

    void clear() {
        values.clear();
    }

    /** By name, in the order of their first report in this step. */
    Map<String, Double> values() {
        return new LinkedHashMap<>(values);
    }
}
