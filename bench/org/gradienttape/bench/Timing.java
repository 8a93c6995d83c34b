package org.gradienttape.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one contestant needed over all rounds. */
final class Timing {
    static final String HEADER =
            String.format("%-22s %8s %8s %8s %8s %9s\n", "", "minimum", "median", "ratio", "(median)", "accuracy");

    private final String name;
    private final List<Double> seconds = new ArrayList<>();
    private double accuracy;

    Timing(final String name) {
        this.name = name;
    }

    void add(final Contestant.Outcome outcome) {
        seconds.addAll(outcome.secondsPerEpoch());
        seconds.sort(Double::compare);
        accuracy = outcome.accuracy();
    }

    /** Seconds per epoch of the fastest epoch, which a busy machine disturbs least. */
    double minimum() {
        return seconds.get(0);
    }

    double median() {
        return seconds.get(seconds.size() / 2);
    }

    /** One line of the table. */
    String row(final Timing reference) {
        return String.format(
                Locale.ROOT,
                "%-22s %8.3f %8.3f %8.2f %8.2f %9.4f",
                name,
                minimum(),
                median(),
                minimum() / reference.minimum(),
                median() / reference.median(),
                accuracy);
    }

    /** One entry of the JSON file. */
    String json(final Timing reference) {
        return String.format(
                Locale.ROOT,
                "{\"name\": \"%s\", \"epochs\": %d, \"minimum\": %.4f, \"median\": %.4f, \"ratio of minima\": %.3f,"
                        + " \"ratio of medians\": %.3f, \"accuracy\": %.4f}",
                name,
                seconds.size(),
                minimum(),
                median(),
                minimum() / reference.minimum(),
                median() / reference.median(),
                accuracy);
    }
}
