package org.gradienttape.code;

import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.step.StepException;
import org.gradienttape.tensor.TensorException;

/** Something that a user's code threw, in words for the person who wrote it. */
final class CodeFailure {
    private CodeFailure() {}

    /**
     * What happened, in which line, and that line's text. What was said already by code that this code called, as a step calls
     * a loss, stays as it is.
     *
     * @param code where it comes from
     * @param thrown by it
     */
    static InvalidInputException of(final CompiledCode code, final Throwable thrown) {
        if (thrown instanceof InvalidInputException said && said.getCause() instanceof Place) {
            return said;
        }
        return new InvalidInputException(
                code.source().subject() + " failed" + place(code, thrown) + ": " + what(thrown)
                        + "; correct it in "
                        + code.source().place() + ".",
                new Place(thrown));
    }

    /** Marks a sentence that names the line. */
    private static final class Place extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Place(final Throwable thrown) {
            super(thrown);
        }
    }

    /** For example " in line 12 ("return x.sum();")"; empty if no line of the code is on the stack. */
    private static String place(final CompiledCode code, final Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .filter(code::holds)
                .findFirst()
                .map(place -> " in line " + place.getLineNumber() + " ("
                        + code.source().quotedLine(place.getLineNumber()) + ")")
                .orElse("");
    }

    /** Exceptions of ours speak for themselves; others say little without their kind. */
    private static String what(final Throwable thrown) {
        final String message = thrown.getMessage();
        if (message == null) {
            return thrown.getClass().getSimpleName();
        }
        final String firstLine = message.lines().findFirst().orElse("").strip();
        return thrown instanceof StepException
                        || thrown instanceof TensorException
                        || thrown instanceof InvalidInputException
                ? firstLine.replaceFirst("[.]$", "")
                : thrown.getClass().getSimpleName() + ": " + firstLine;
    }
}
