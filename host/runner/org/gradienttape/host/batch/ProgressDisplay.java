package org.gradienttape.host.batch;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shows what the nodes do.
 *
 * <p>On a terminal every running node has one line with a bar, kept below the text that has been printed; elsewhere
 * there are plain lines only. All methods may be called from several threads.
 */
final class ProgressDisplay {

    /** Time between two drawings of the bars, in nanoseconds. */
    private static final long REDRAW_INTERVAL = Duration.ofMillis(100).toNanos();
    /** Time between two plain lines of the same node, in nanoseconds. */
    private static final long PLAIN_INTERVAL = Duration.ofSeconds(5).toNanos();

    private static final int BAR_CELLS = 20;
    private static final String ESCAPE = "\u001b[";

    private final PrintStream out;
    private final PrintStream err;
    private final int columns;
    private final LongSupplier nanoTime;
    private final Map<String, NodeLine> running = new LinkedHashMap<>();
    private int linesDrawn;
    private long lastDrawn;

    private ProgressDisplay(
            final PrintStream out, final PrintStream err, final int columns, final LongSupplier nanoTime) {
        this.out = out;
        this.err = err;
        this.columns = columns;
        this.nanoTime = nanoTime;
        this.lastDrawn = nanoTime.getAsLong() - REDRAW_INTERVAL;
    }

    /** Makes a display of plain lines. */
    static ProgressDisplay plain(final PrintStream out, final PrintStream err, final LongSupplier nanoTime) {
        return new ProgressDisplay(out, err, 0, nanoTime);
    }

    /** Makes a display for an ANSI terminal that is this many characters wide. */
    static ProgressDisplay terminal(
            final PrintStream out, final PrintStream err, final int columns, final LongSupplier nanoTime) {
        return new ProgressDisplay(out, err, Math.max(columns, 20), nanoTime);
    }

    synchronized void started(final String node) {
        running.put(node, new NodeLine(nanoTime.getAsLong()));
        if (isTerminal()) {
            draw(List.of());
        } else {
            print(out, node + ": started");
        }
    }

    /** Shows how far a node is: a fraction from 0 to 1, or NaN where it is not known. */
    synchronized void progressed(final String node, final double fraction, final String message) {
        final NodeLine line = running.get(node);
        if (line == null) {
            return;
        }
        line.fraction = fraction;
        line.message = message == null ? "" : message;
        final long now = nanoTime.getAsLong();
        if (isTerminal()) {
            if (now - lastDrawn >= REDRAW_INTERVAL) {
                draw(List.of());
            }
        } else if (now - line.lastPrinted >= PLAIN_INTERVAL) {
            line.lastPrinted = now;
            printChange(node, line);
        }
    }

    private void printChange(final String node, final NodeLine line) {
        final String text = percent(line.fraction) + line.message;
        if (!line.message.isEmpty() && !text.equals(line.printed)) {
            line.printed = text;
            print(out, node + ": " + text);
        }
    }

    synchronized void executed(final String node, final Duration duration) {
        running.remove(node);
        line(node + ": executed in " + seconds(duration));
    }

    /** Takes a node's bar away, when it failed or was cancelled. */
    synchronized void stopped(final String node) {
        if (running.remove(node) != null && isTerminal()) {
            draw(List.of());
        }
    }

    /** Prints a line that stays. */
    synchronized void line(final String text) {
        if (isTerminal()) {
            draw(List.of(text));
        } else {
            print(out, text);
        }
    }

    /** Prints a line on the error stream. */
    synchronized void error(final String text) {
        clear();
        out.flush();
        print(err, text);
        if (isTerminal()) {
            draw(List.of());
        }
    }

    /** Removes the bars that are still shown. */
    synchronized void close() {
        running.clear();
        clear();
        out.flush();
    }

    private boolean isTerminal() {
        return columns > 0;
    }

    private void draw(final List<String> lines) {
        final StringBuilder text = new StringBuilder(eraser());
        lines.forEach(line -> text.append(line).append('\n'));
        running.forEach((node, line) -> text.append(bar(node, line)).append('\n'));
        out.print(text);
        out.flush();
        linesDrawn = running.size();
        lastDrawn = nanoTime.getAsLong();
    }

    private void clear() {
        out.print(eraser());
        linesDrawn = 0;
    }

    private String eraser() {
        return linesDrawn == 0 ? "" : ESCAPE + linesDrawn + "A\r" + ESCAPE + "J";
    }

    private String bar(final String node, final NodeLine line) {
        final int full = Double.isNaN(line.fraction) ? 0 : (int) Math.round(line.fraction * BAR_CELLS);
        final String text = node + " [" + "#".repeat(full) + ".".repeat(BAR_CELLS - full) + "] "
                + percent(line.fraction) + line.message;
        return text.length() < columns ? text : text.substring(0, columns - 1);
    }

    private static String percent(final double fraction) {
        return Double.isNaN(fraction) ? "" : String.format(Locale.ROOT, "%3d %% ", Math.round(fraction * 100));
    }

    private static String seconds(final Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static void print(final PrintStream stream, final String text) {
        stream.print(text + "\n");
        stream.flush();
    }

    private static final class NodeLine {
        private double fraction = Double.NaN;
        private String message = "";
        private String printed = "";
        private long lastPrinted;

        private NodeLine(final long lastPrinted) {
            this.lastPrinted = lastPrinted;
        }
    }
}
