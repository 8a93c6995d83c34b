package org.gradienttape.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the judge says of noise, of real digits and of the generator's images; in bench/results after each new row. */
final class GanQualityReport {
    private final String title;
    private final Machine machine;
    private final double judgeAccuracy;
    private final Map<String, DigitJudge.Judgement> rows = new LinkedHashMap<>();

    /**
     * @param title what was trained, and how
     * @param judgeAccuracy on the validation digits
     */
    GanQualityReport(final String title, final Machine machine, final double judgeAccuracy) {
        this.title = title;
        this.machine = machine;
        this.judgeAccuracy = judgeAccuracy;
    }

    /** Adds a row, prints it and writes all rows anew, so that an interrupted run leaves what it found. */
    void add(final String name, final DigitJudge.Judgement judgement) throws IOException {
        rows.put(name, judgement);
        System.out.print(row(name, judgement));
        Results.write("gan-quality.txt", table());
        Results.write("gan-quality.json", json());
    }

    private String table() {
        return String.format(
                        Locale.ROOT,
                        "%s%n%s%nJudged by the guide's classifier, validation accuracy %.4f%n%-18s %6s %6s  %-8s"
                                + " images of the digits 0 to 9%n",
                        title,
                        machine,
                        judgeAccuracy,
                        "",
                        "images",
                        "top",
                        "classes")
                + rows.entrySet().stream()
                        .map(row -> row(row.getKey(), row.getValue()))
                        .collect(Collectors.joining())
                + "top: the mean probability of the likeliest class\n";
    }

    private static String row(final String name, final DigitJudge.Judgement judgement) {
        return String.format(
                Locale.ROOT,
                "%-18s %6d %6.4f  %-8d %s%n",
                name,
                judgement.images(),
                judgement.meanTopProbability(),
                judgement.classesSeen(),
                Arrays.stream(judgement.classes())
                        .mapToObj(count -> String.format(Locale.ROOT, "%4d", count))
                        .collect(Collectors.joining()));
    }

    private String json() {
        return String.format(
                Locale.ROOT,
                "{%n \"run\": \"%s\",%n \"machine\": %s,%n \"judge's validation accuracy\": %.4f,%n \"rows\": [%n  %s%n"
                        + " ]%n}%n",
                title,
                machine.json(),
                judgeAccuracy,
                rows.entrySet().stream()
                        .map(row -> json(row.getKey(), row.getValue()))
                        .collect(Collectors.joining(",\n  ")));
    }

    private static String json(final String name, final DigitJudge.Judgement judgement) {
        return String.format(
                Locale.ROOT,
                "{\"name\": \"%s\", \"images\": %d, \"mean top probability\": %.4f, \"images per digit\": %s}",
                name,
                judgement.images(),
                judgement.meanTopProbability(),
                Arrays.toString(judgement.classes()));
    }
}
