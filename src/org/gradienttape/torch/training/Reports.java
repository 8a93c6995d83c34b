package org.gradienttape.torch.training;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.gradienttape.step.StepException;

/** The numbers that a step's code reports, each for a column of the step log. */
public final class Reports {
    private static final int MOST_COLUMNS = 64;
    private static final int LONGEST_NAME = 200;

    private final List<String> taken;
    private final Consumer<String> log;
    private final Set<String> names = new HashSet<>();
    private final Set<String> undefined = new HashSet<>();
    private Map<String, DoubleSupplier> values = new LinkedHashMap<>();

    /**
     * @param taken names that the step log uses itself
     * @param log takes lines for people
     */
    Reports(final List<String> taken, final Consumer<String> log) {
        this.taken = taken;
        this.log = log;
    }

    /**
     * @param value asked when the step has run
     */
    void put(final String name, final DoubleSupplier value) {
        if (name == null || name.isBlank() || taken.contains(name)) {
            throw new StepException("a reported number needs a name of its own, but it is \"" + name
                    + "\"; the step log already has the columns " + String.join(", ", taken));
        }
        if (name.length() > LONGEST_NAME) {
            throw new StepException("the name of a reported number may have at most " + LONGEST_NAME
                    + " characters, but one has " + name.length());
        }
        names.add(name);
        if (names.size() > MOST_COLUMNS) {
            throw new StepException("a run may report at most " + MOST_COLUMNS
                    + " different names; keep changing numbers out of the names");
        }
        values.put(name, () -> told(name, value.getAsDouble()));
    }

    /** Says once for each name that a table has no cell for it. */
    private double told(final String name, final double value) {
        if (Double.isNaN(value) && undefined.add(name)) {
            log.accept("The step reported NaN for \"" + name + "\"; the step log has empty cells for such numbers.");
        }
        return value;
    }

    /** Those of the step that is over, by name, in the order of their first report; the next step has none yet. */
    Map<String, DoubleSupplier> take() {
        final Map<String, DoubleSupplier> taken = values;
        values = new LinkedHashMap<>();
        return taken;
    }

    /** Their numbers, when the step has run. */
    public static Map<String, Double> numbers(final Map<String, DoubleSupplier> reported) {
        if (reported.isEmpty()) {
            return Map.of();
        }
        final Map<String, Double> numbers = new LinkedHashMap<>();
        reported.forEach((name, value) -> numbers.put(name, value.getAsDouble()));
        return numbers;
    }
}
