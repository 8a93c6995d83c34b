package org.gradienttape.code;

import java.util.Optional;
import java.util.function.Function;

/**
 * A step: an object of a user's class, or of ours. All calls of it go through here, so that whatever a user's code throws
 * names the line.
 *
 * @param <T> the interface of the step API that it implements
 */
public final class UserStep<T> {
    /** Absent for a step of ours. */
    private final Optional<CompiledCode> code;

    private final T step;

    private UserStep(final Optional<CompiledCode> code, final T step) {
        this.code = code;
        this.step = step;
    }

    /** A step of ours, in the place of a user's. */
    public static <T> UserStep<T> ours(final T step) {
        return new UserStep<>(Optional.empty(), step);
    }

    /**
     * Compiles a source text and makes an object of its step.
     *
     * @throws org.gradienttape.error.InvalidInputException if it does not compile, or has not exactly one such class
     */
    public static <T> UserStep<T> of(final String source, final Class<T> type) {
        final CompiledCode code = CodeCompiler.compile(source);
        return new UserStep<>(Optional.of(code), code.newInstance(type));
    }

    /**
     * Calls the step.
     *
     * @throws org.gradienttape.error.InvalidInputException if it throws anything; names the line
     */
    public <R> R call(final Function<T, R> use) {
        if (code.isEmpty()) {
            return use.apply(step);
        }
        try {
            return use.apply(step);
        } catch (final CodeStop stop) {
            throw stop;
        } catch (final RuntimeException | Error thrown) {
            throw new CodeFailure(code.get(), thrown).toException();
        }
    }

    /** Whether it is a user's. */
    public boolean isUsers() {
        return code.isPresent();
    }

    /** The line of the code that this thread is in now, for example "line 12"; empty if it is not in the code. */
    public String line() {
        return code.flatMap(own -> StackWalker.getInstance()
                        .walk(frames -> frames.filter(frame -> own.isOf(frame.getClassName()))
                                .findFirst()
                                .map(frame -> "line " + frame.getLineNumber())))
                .orElse("");
    }

    /** The line of the code that a thread is in now, with its text; empty if it is not in the code. */
    public String lineOf(final Thread thread) {
        return code.flatMap(own -> own.placesIn(thread.getStackTrace())
                        .findFirst()
                        .map(place -> "line " + place.getLineNumber() + " ("
                                + own.source().quotedLine(place.getLineNumber()) + ")"))
                .orElse("");
    }
}
