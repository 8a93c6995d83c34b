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

    private Console(ProgressDisplay display, boolean trace) {
        this.display = display;
        this.trace = trace;
    }

    /** Makes a console on two streams; the properties say whether they are a terminal. */
    public static Console of(PrintStream out, PrintStream err, Properties properties) {
        boolean terminal = Boolean.parseBoolean(properties.getProperty(TERMINAL));
        ProgressDisplay display = terminal
                ? ProgressDisplay.terminal(out, err, columns(properties.getProperty(COLUMNS)), System::nanoTime)
                : ProgressDisplay.plain(out, err, System::nanoTime);
        return new Console(display, Boolean.parseBoolean(properties.getProperty(TRACE)));
    }

    /** Prints a line on the output. */
    public void line(String text) {
        display.line(text);
    }

    /** Prints a warning on the output. */
    public void warn(String text) {
        display.line("Warning: " + text);
    }

    /** Prints a sentence on the error stream. */
    public void error(String sentence) {
        display.error(sentence);
    }

    /** Prints a sentence on the error stream, and the stack trace of its cause if it is asked for. */
    void error(String sentence, Throwable cause) {
        error(sentence);
        trace(cause);
    }

    /** Prints a stack trace, if they are asked for. */
    void trace(Throwable problem) {
        if (trace) {
            display.error(stackTrace(problem));
        }
    }

    void started(String node) {
        display.started(node);
    }

    void progressed(String node, double fraction, String message) {
        display.progressed(node, fraction, message);
    }

    void executed(String node, Duration duration) {
        display.executed(node, duration);
    }

    void stopped(String node) {
        display.stopped(node);
    }

    void close() {
        display.close();
    }

    private static int columns(String text) {
        try {
            return text == null ? DEFAULT_COLUMNS : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return DEFAULT_COLUMNS;
        }
    }

    private static String stackTrace(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing();
    }
}
