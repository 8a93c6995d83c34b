package org.gradienttape.torch;

import ai.djl.engine.EngineException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gradienttape.error.InvalidInputException;

/** Says in one sentence what went wrong in generated code, and at which layer. */
final class ScriptFailure {
    private static final String RUNNING = "RuntimeError: ";
    private static final Pattern LINE = Pattern.compile("\", line (\\d+)");
    private static final String PLACES = "take needs places of at least 0 and below ";
    private static final String BUT = ", but one is ";
    /** What is wrong with places and classes that are not there, by what the engine says of them. */
    private static final Map<Pattern, String> MISSING = Map.of(
            Pattern.compile(".*INDICES element is out of DATA bounds, id=(-?\\d+) axis_dim=(\\d+).*"),
            PLACES + "$2, the size of the axis" + BUT + "$1; correct the places.",
            Pattern.compile(".*index out of range in self.*"),
            PLACES + "the size of the axis" + BUT + "not; correct the places.",
            Pattern.compile(".*Target (-?\\d+) is out of bounds.*"),
            "nll needs labels of at least 0 and below the number of classes" + BUT
                    + "$1; correct the labels, or give the network as many outputs as there are classes.",
            Pattern.compile(".*Class values must be smaller than num_classes.*"),
            "oneHot needs classes below their number" + BUT + "not; correct the classes, or choose a larger number.",
            Pattern.compile(".*Class values must be non-negative.*"),
            "oneHot needs classes of at least 0" + BUT + "below; correct the classes.");

    /** In what the engine says where memory has run out: for numbers, of libraries that it calls, or for a size beyond all memory. */
    private static final Pattern NO_MEMORY = Pattern.compile(
            "out of memory|not enough memory|can't allocate memory|ALLOC_FAILED|bad_alloc|Storage size calculation overflowed");

    private static final String SMALLER = "; choose a smaller batch size, a smaller model or another device.";
    private static final String EAGER = "; choose the execution Eager.";

    private final String code;

    /**
     * @param code the text of the whole module
     */
    ScriptFailure(final String code) {
        this.code = code;
    }

    InvalidInputException compiling(final EngineException failure) {
        return new InvalidInputException(
                "The step could not be compiled" + place(failure) + ": " + reason(failure) + EAGER, failure);
    }

    InvalidInputException running(final EngineException failure) {
        return running("The compiled step failed", EAGER, failure);
    }

    InvalidInputException runningEagerly(final EngineException failure) {
        return running("The step failed", "", failure);
    }

    /** Of what the engine does beside generated code, such as taking memory for samples. */
    static InvalidInputException outside(final EngineException failure) {
        return new InvalidInputException("The engine could not compute this: " + advised(reason(failure), ""), failure);
    }

    private InvalidInputException running(final String what, final String advice, final EngineException failure) {
        return new InvalidInputException(what + place(failure) + ": " + advised(reason(failure), advice), failure);
    }

    /**
     * The engine's sentence with what to do: if it is about a place or a class that is not there, what was expected and found
     * instead; if it is about memory, what takes less.
     *
     * @param otherwise the advice for everything else; may be empty
     */
    static String advised(final String sentence, final String otherwise) {
        return MISSING.keySet().stream()
                .map(known -> known.matcher(sentence))
                .filter(Matcher::matches)
                .map(found -> found.replaceAll(MISSING.get(found.pattern())))
                .findFirst()
                .orElseGet(() -> NO_MEMORY.matcher(sentence).find()
                        ? sentence.replaceFirst("\\.$", "") + SMALLER
                        : sentence + otherwise);
    }

    /** The comment behind the line that the engine names last: the layer with its shapes. */
    private String place(final EngineException failure) {
        final List<String> numbers = LINE.matcher(String.valueOf(failure.getMessage()))
                .results()
                .map(MatchResult::group)
                .toList();
        if (numbers.isEmpty()) {
            return "";
        }
        final int last = Integer.parseInt(numbers.get(numbers.size() - 1).replaceAll("\\D", ""));
        final List<String> lines = code.lines().toList();
        final String line = last <= lines.size() ? lines.get(last - 1) : "";
        final int comment = line.indexOf("# ");
        return comment < 0 ? "" : " at " + line.substring(comment + 2);
    }

    /** The engine's own sentence: behind its trace of code lines if code was running, else the first. */
    private static String reason(final EngineException failure) {
        final List<String> lines = String.valueOf(failure.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.stream()
                .filter(line -> line.startsWith(RUNNING))
                .map(line -> line.substring(RUNNING.length()))
                .findFirst()
                .orElse(lines.isEmpty() ? "unknown reason" : lines.get(0).strip());
    }
}
