package org.gradienttape.host.batch;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Properties;

/** What the person sees: lines, warnings, errors and the progress of the nodes. Safe for use by several threads. */
public final class Console {

    /** Says that the output is a terminal: <code>-Dgradienttape.terminal=true</code>. */
    private static final String TERMINAL = "gradienttape.terminal";
    /** Width of the terminal in characters. */
    private static final String COLUMNS = "gradienttape.columns";
    /** Shows the stack traces of errors: <code>-Dgradienttape.trace=true</code>. */
    private static final String TRACE = "gradienttape.trace";

    private static final int DEFAULT_COLUMNS = 100;

    private final ProgressDisplay display;
    private final boolean trace;

    private Console(final ProgressDisplay display, final boolean trace) {
        this.display = display;
        this.trace = trace;
    }

    /** Makes a console on two streams; the properties say whether they are a terminal. */
    public static Console of(final PrintStream out, final PrintStream err, final Properties properties) {
        final boolean terminal = Boolean.parseBoolean(properties.getProperty(TERMINAL));
        final ProgressDisplay display = terminal
                ? ProgressDisplay.terminal(out, err, columns(properties.getProperty(COLUMNS)), System::nanoTime)
                : ProgressDisplay.plain(out, err, System::nanoTime);
        return new Console(display, Boolean.parseBoolean(properties.getProperty(TRACE)));
    }

    /** Prints a line on the output. */
    public void line(final String text) {
        display.line(text);
    }

    /** Prints a warning on the output. */
    public void warn(final String text) {
        display.line("Warning: " + text);
    }

    /** Prints a sentence on the error stream. */
    public void error(final String sentence) {
        display.error(sentence);
    }

    /** Prints a sentence on the error stream, and the stack trace of its cause if it is asked for. */
    void error(final String sentence, final Throwable cause) {
        error(sentence);
        trace(cause);
    }

    /** Prints a stack trace, if they are asked for. */
    void trace(final Throwable problem) {
        if (trace) {
            display.error(stackTrace(problem));
        }
    }

    void started(final String node) {
        display.started(node);
    }

    void progressed(final String node, final double fraction, final String message) {
        display.progressed(node, fraction, message);
    }

    void executed(final String node, final Duration duration) {
        display.executed(node, duration);
    }

    void stopped(final String node) {
        display.stopped(node);
    }

    void close() {
        display.close();
    }

    private static int columns(final String text) {
        try {
            return text == null ? DEFAULT_COLUMNS : Integer.parseInt(text);
        } catch (final NumberFormatException e) {
            return DEFAULT_COLUMNS;
        }
    }

    private static String stackTrace(final Throwable cause) {
        final StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing();
    }
}
