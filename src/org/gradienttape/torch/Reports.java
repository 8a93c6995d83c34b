package org.gradienttape.torch;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.gradienttape.step.StepException;

/** The numbers that a step's code reports, each for a column of the step log. */
final class Reports {
    private static final int MOST_COLUMNS = 64;

    private final List<String> taken;
    private final Set<String> names = new HashSet<>();
    private Map<String, DoubleSupplier> values = new LinkedHashMap<>();

    /**
     * @param taken names that the step log uses itself
     */
    Reports(final List<String> taken) {
        this.taken = taken;
    }

    /**
     * @param value asked when the step has run
     */
    void put(final String name, final DoubleSupplier value) {
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

    /** Those of the step that is over, by name, in the order of their first report; the next step has none yet. */
    Map<String, DoubleSupplier> take() {
        final Map<String, DoubleSupplier> taken = values;
        values = new LinkedHashMap<>();
        return taken;
    }

    /** Their numbers, when the step has run. */
    static Map<String, Double> numbers(final Map<String, DoubleSupplier> reported) {
        if (reported.isEmpty()) {
            return Map.of();
        }
        final Map<String, Double> numbers = new LinkedHashMap<>();
        reported.forEach((name, value) -> numbers.put(name, value.getAsDouble()));
        return numbers;
    }
}
