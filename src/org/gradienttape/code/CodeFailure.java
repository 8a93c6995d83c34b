package org.gradienttape.code;

import java.util.Objects;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.error.Sentence;
import org.gradienttape.error.StepEnd;
import org.gradienttape.step.StepException;
import org.gradienttape.tensor.TensorException;

/** Something that a user's code threw, in words for the person who wrote it. */
final class CodeFailure {
    private static final int LONGEST_MESSAGE = 600;

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
        final StackTraceElement[] trace = trace(thrown);
        return new InvalidInputException(
                code.source().subject() + " failed" + place(code, trace) + ": " + what(thrown)
                        + (saysWhatToDo(thrown)
                                ? ""
                                : "; correct it in " + code.source().place()) + ".",
                new Place(thrown.getClass(), trace));
    }

    /** Whether it is a whole sentence of ours that ends with advice. */
    private static boolean saysWhatToDo(final Throwable thrown) {
        return thrown instanceof InvalidInputException said && said.getMessage().contains("; ");
    }

    /**
     * Marks a sentence that names the line. Has the stack of what was thrown, but not the object, whose class may be the
     * user's: no method of it is called outside the run.
     */
    private static final class Place extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Place(final Class<?> thrown, final StackTraceElement[] trace) {
            super(thrown.getName());
            setStackTrace(trace);
        }
    }

    /** Where it was thrown; empty if that fails. Methods of the user's class may throw anything, declared or not. */
    private static StackTraceElement[] trace(final Throwable thrown) {
        try {
            return Stream.of(thrown.getStackTrace()).filter(Objects::nonNull).toArray(StackTraceElement[]::new);
        } catch (final Throwable overridden) {
            return new StackTraceElement[0];
        }
    }

    /** What it says of itself; null if that fails, too. */
    private static String message(final Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (final StepEnd end) {
            throw end;
        } catch (final Throwable overridden) {
            return null;
        }
    }

    /** For example " in line 12 ("return x.sum();")"; empty if no line of the code is on the stack. */
    private static String place(final CompiledCode code, final StackTraceElement[] trace) {
        return Stream.of(trace)
                .filter(code::holds)
                .findFirst()
                .map(place -> " in line " + place.getLineNumber() + " ("
                        + code.source().quotedLine(place.getLineNumber()) + ")")
                .orElse("");
    }

    /** Exceptions of ours speak for themselves; others say little without their kind. */
    private static String what(final Throwable thrown) {
        final String message = message(thrown);
        if (message == null) {
            return thrown.getClass().getSimpleName();
        }
        final String firstLine =
                Sentence.beginning(message.lines().findFirst().orElse("").strip(), LONGEST_MESSAGE);
        return thrown instanceof StepException
                        || thrown instanceof TensorException
                        || thrown instanceof InvalidInputException
                ? firstLine.replaceFirst("[.]$", "")
                : thrown.getClass().getSimpleName() + ": " + firstLine;
    }
}
