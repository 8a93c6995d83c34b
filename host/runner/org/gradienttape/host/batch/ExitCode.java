package org.gradienttape.host.batch;

/** The exit codes of the runner; the numbers are those of KNIME's batch application. */
public enum ExitCode {
    /** Every node ran. */
    SUCCESS(0),
    /** The command line is wrong; nothing was run. */
    PARAMETERS(2),
    /** The workflow could not be loaded; nothing was run. */
    LOAD(3),
    /** A node failed or could not run, the run was cancelled, or a result could not be written. */
    EXECUTION(4);

    private final int number;

    ExitCode(final int number) {
        this.number = number;
    }

    /** Returns the number that the process ends with. */
    public int number() {
        return number;
    }
}
