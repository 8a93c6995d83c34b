package org.gradienttape.code;

import java.util.function.Function;

/**
 * An object of a user's class. All calls of it go through here, so that whatever it throws names the user's line.
 *
 * @param <T> the interface of the step API that it implements
 */
public final class UserStep<T> {
    private final CompiledCode code;
    private final T step;

    private UserStep(final CompiledCode code, final T step) {
        this.code = code;
        this.step = step;
    }

    /**
     * Compiles a source text and makes an object of its step.
     *
     * @throws org.gradienttape.error.InvalidInputException if it does not compile, or has not exactly one such class
     */
    public static <T> UserStep<T> of(final String source, final Class<T> type) {
        final CompiledCode code = CodeCompiler.compile(source);
        return new UserStep<>(code, code.newInstance(type));
    }

    /**
     * Calls the step.
     *
     * @throws org.gradienttape.error.InvalidInputException if it throws anything; names the line
     */
    public <R> R call(final Function<T, R> use) {
        try {
            return use.apply(step);
        } catch (final CodeStop stop) {
            throw stop;
        } catch (final RuntimeException | Error thrown) {
            throw new CodeFailure(code, thrown).toException();
        }
    }

    /** The line of the code that a thread is in now, with its text; empty if it is not in the code. */
    public String lineOf(final Thread thread) {
        return code.placesIn(thread.getStackTrace())
                .findFirst()
                .map(place ->
                        "line " + place.getLineNumber() + " (" + code.source().quotedLine(place.getLineNumber()) + ")")
                .orElse("");
    }
}
