package org.gradienttape.code;

import org.gradienttape.error.InvalidInputException;
import org.gradienttape.step.StepException;
import org.gradienttape.tensor.TensorException;

/**
 * Something that a step's code threw.
 *
 * @param code where it comes from
 * @param cause what was thrown
 */
public record CodeFailure(CompiledCode code, Throwable cause) {
    /** In words for the person who wrote the code: what happened, in which line, and that line's text. */
    public InvalidInputException toException() {
        return new InvalidInputException(
                "The step's Java code failed" + place() + ": " + what() + "; correct it in the node's settings.",
                cause);
    }

    /** For example " in line 12 ("return x.sum();")"; empty if no line of the code is on the stack. */
    private String place() {
        return code.placesIn(cause.getStackTrace())
                .findFirst()
                .map(place -> " in line " + place.getLineNumber() + " ("
                        + code.source().quotedLine(place.getLineNumber()) + ")")
                .orElse("");
    }

    /** Exceptions of ours speak for themselves; others say little without their kind. */
    private String what() {
        final String message = cause.getMessage();
        if (message == null) {
            return cause.getClass().getSimpleName();
        }
        final String firstLine = message.lines().findFirst().orElse("").strip();
        return cause instanceof StepException
                        || cause instanceof TensorException
                        || cause instanceof InvalidInputException
                ? firstLine.replaceFirst("[.]$", "")
                : cause.getClass().getSimpleName() + ": " + firstLine;
    }
}
