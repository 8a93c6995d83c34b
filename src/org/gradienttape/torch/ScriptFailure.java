package org.gradienttape.torch;

import ai.djl.engine.EngineException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.gradienttape.error.InvalidInputException;

/** Says in one sentence what went wrong in generated code, and at which layer. */
final class ScriptFailure {
    private static final String RUNNING = "RuntimeError: ";
    private static final Pattern LINE = Pattern.compile("\", line (\\d+)");

    private final String code;

    /**
     * @param code the text of the whole module
     */
    ScriptFailure(final String code) {
        this.code = code;
    }

    InvalidInputException compiling(final EngineException failure) {
        return new InvalidInputException(
                "The step could not be compiled" + place(failure) + ": " + reason(failure)
                        + "; choose the execution Eager.",
                failure);
    }

    InvalidInputException running(final EngineException failure) {
        return new InvalidInputException(
                "The compiled step failed" + place(failure) + ": " + reason(failure)
                        + "; choose a smaller batch size, a smaller model or another device, or the execution Eager.",
                failure);
    }

    InvalidInputException runningEagerly(final EngineException failure) {
        return new InvalidInputException(
                "The step failed" + place(failure) + ": " + reason(failure)
                        + "; choose a smaller batch size, a smaller model or another device.",
                failure);
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
