package org.gradienttape.code;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where in users' code a thread is.
 *
 * @param codes all that may run
 */
public record CodePlaces(List<CompiledCode> codes) {
    public CodePlaces {
        codes = List.copyOf(codes);
    }

    /** Whether there is no such code. */
    public boolean isEmpty() {
        return codes.isEmpty();
    }

    /** The line that this thread is in now, for example "line 12 of the step"; empty if it is in none. */
    public String line() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::toStackTraceElement)
                        .flatMap(element -> codes.stream()
                                .filter(code -> code.holds(element))
                                .map(code -> code.source().line(element.getLineNumber())))
                        .findFirst())
                .orElse("");
    }

    /** The line that a thread is in now, with its text; empty if it is in none. */
    public String lineOf(final Thread thread) {
        return Stream.of(thread.getStackTrace())
                .flatMap(element -> codes.stream()
                        .filter(code -> code.holds(element))
                        .map(code -> code.source().line(element.getLineNumber()) + " ("
                                + code.source().quotedLine(element.getLineNumber()) + ")"))
                .findFirst()
                .orElse("");
    }
}
