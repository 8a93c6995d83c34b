package org.gradienttape.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one contestant needed over all rounds. */
final class Timing {
    private final String name;
    private final List<Double> seconds = new ArrayList<>();
    private double result;

    Timing(final String name) {
        this.name = name;
    }

    void add(final Contestant.Outcome outcome) {
        seconds.addAll(outcome.seconds());
        seconds.sort(Double::compare);
        result = outcome.result();
    }

    /** Seconds of the fastest unit, which a busy machine disturbs least. */
    double minimum() {
        return seconds.get(0);
    }

    double median() {
        return seconds.get(seconds.size() / 2);
    }

    /** What stands above the rows of {@link #row}. */
    static String header(final int threads, final String result) {
        return String.format(
                Locale.ROOT,
                "%-36s %8s %8s %8s %8s %10s %9s",
                threads + (threads == 1 ? " thread" : " threads"),
                "minimum",
                "median",
                "ratio",
                "(median)",
                "per second",
                result);
    }

    /** One line of the table. */
    String row(final Timing reference) {
        return String.format(
                Locale.ROOT,
                "%-36s %8.3f %8.3f %8.2f %8.2f %10.2f %9.4f",
                name,
                minimum(),
                median(),
                minimum() / reference.minimum(),
                median() / reference.median(),
                1 / minimum(),
                result);
    }

    /** One entry of the JSON file. */
    String json(final Timing reference) {
        return String.format(
                Locale.ROOT,
                "{\"name\": \"%s\", \"measured\": %d, \"minimum\": %.4f, \"median\": %.4f, \"ratio of minima\": %.3f,"
                        + " \"ratio of medians\": %.3f, \"result\": %.4f}",
                name,
                seconds.size(),
                minimum(),
                median(),
                minimum() / reference.minimum(),
                median() / reference.median(),
                result);
    }
}
