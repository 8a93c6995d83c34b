package org.gradienttape.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A step as the text of a method, which runs it several times in a row.
 *
 * <p>Its arguments: how many steps, int; the whole numbers of all steps; their float numbers; the numbers of the JVM that
 * differ from step to step, a list of float; the variables; the residents; the places. It returns one tensor for each result,
 * with the steps as its first axis where there may be several.
 *
 * @param method the text
 * @param variables their numbers, in the order of the arguments
 * @param residents their places among those of the step, in the order of the arguments
 * @param places how many results are written into memory that it is given, and not returned
 * @param work of one step
 */
public record Program(String method, List<Integer> variables, List<Integer> residents, int places, Work work) {
    /** The module that has the method. */
    public static final String CLASS = "Step";
    /** The method's name. */
    public static final String METHOD = "run";

    /**
     * Three methods that run two programs of steps, one behind the other, so that both take one call. The arguments are those of
     * the first and behind them those of the second; the results are the second's.
     */
    public static String inOneCall(final Program first, final Program second) {
        final int ofFirst = first.arguments().size();
        final List<String> types = new ArrayList<>(first.arguments());
        types.addAll(second.arguments());
        return first.named("first")
                + second.named("second")
                + "def " + METHOD + "(self: __torch__." + CLASS + ", "
                + names(0, types.size(), place -> "a" + place + ": " + types.get(place)) + ") -> List[Tensor]:\n"
                + "  nothing = (self).first(" + names(0, ofFirst, place -> "a" + place) + ")\n"
                + "  return (self).second(" + names(ofFirst, types.size(), place -> "a" + place) + ")\n";
    }

    private static String names(final int from, final int to, final IntFunction<String> name) {
        return IntStream.range(from, to).mapToObj(name).collect(Collectors.joining(", "));
    }

    private String named(final String name) {
        return method.replaceFirst("def " + METHOD, "def " + name);
    }

    private List<String> arguments() {
        final List<String> types = new ArrayList<>(List.of("int", "Tensor", "Tensor", "List[float]"));
        types.addAll(Collections.nCopies(variables.size() + residents.size() + places, "Tensor"));
        return types;
    }
}
