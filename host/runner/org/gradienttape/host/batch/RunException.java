package org.gradienttape.host.batch;

import java.util.Objects;

/** Ends a run; the message is the one sentence that the person at the console reads. */
final class RunException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    RunException(final ExitCode exitCode, final String message) {
        this(exitCode, message, null);
    }

    RunException(final ExitCode exitCode, final String message, final Throwable cause) {
        super(message, cause);
        this.exitCode = Objects.requireNonNull(exitCode);
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
