package org.gradienttape.nodes.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gradienttape.data.ClassWeights;
import org.gradienttape.error.InvalidInputException;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.Label;

/** How much the classes count. The names of the constants stand in saved workflows. */
public enum ClassWeighting {
    @Label(value = "None", description = "All classes count alike.")
    NONE,
    @Label(
            value = "Balanced",
            description = "Rare classes count more: samples / (classes * samples of the class), as in scikit-learn.")
    BALANCED,
    @Label(value = "Given", description = "As the field below says.")
    GIVEN;

    static final class Reference implements ParameterReference<ClassWeighting> {}

    static final class IsGiven implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(Reference.class).isOneOf(GIVEN);
        }
    }

    /**
     * @param given a line for each class, such as "cat = 2.5"
     * @throws InvalidInputException if a line is something else
     */
    public ClassWeights toConfig(final String given) {
        return switch (this) {
            case NONE -> ClassWeights.NONE;
            case BALANCED -> new ClassWeights.Balanced();
            case GIVEN -> new ClassWeights.Given(byName(given));
        };
    }

    private static Map<String, Double> byName(final String lines) {
        final Map<String, Double> byName = new LinkedHashMap<>();
        lines.lines().filter(line -> !line.isBlank()).forEach(line -> {
            final int equals = line.lastIndexOf('=');
            final String name = equals < 0 ? "" : line.substring(0, equals).strip();
            if (name.isEmpty() || byName.put(name, number(line.substring(equals + 1), line)) != null) {
                throw refused(line);
            }
        });
        if (byName.isEmpty()) {
            throw new InvalidInputException(
                    "A line with a weight was expected for each class, but there is none; write for"
                            + " example: cat = 2.5");
        }
        return byName;
    }

    private static double number(final String text, final String line) {
        try {
            return Double.parseDouble(text.strip());
        } catch (final NumberFormatException e) {
            throw refused(line);
        }
    }

    private static InvalidInputException refused(final String line) {
        return new InvalidInputException("A line such as \"cat = 2.5\" was expected for each class, but one is \""
                + line.strip() + "\"; correct it.");
    }
}
