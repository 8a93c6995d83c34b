package org.gradienttape.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Measures contestants in turns, first with one thread, then with two. Table and JSON go to bench/results after each
 * number of threads. Ratios are to the first contestant.
 */
final class Comparison {
    private static final List<Integer> THREADS = List.of(1, 2);

    private final Subject subject;
    private final List<String> notes = new ArrayList<>();
    private final Map<Integer, List<Timing>> timings = new TreeMap<>();

    /**
     * What is measured.
     *
     * @param file name of the result files, without ending
     * @param title for people, for example: Guide's classifier, file order
     * @param unit epoch or step
     * @param result what stands beside the times, for example: accuracy
     * @param rounds that count, after one that does not
     * @param units trained in each round by each contestant
     */
    record Subject(String file, String title, String unit, String result, int rounds, int units) {}

    /** Who takes part. */
    @FunctionalInterface
    interface Field {
        /**
         * Everyone, ready to run with this many threads.
         *
         * @param notes takes a sentence for each one that could not come
         */
        List<Contestant> ready(int threads, List<String> notes) throws IOException;
    }

    Comparison(final Subject subject) {
        this.subject = subject;
    }

    void run(final Field field) throws IOException {
        run(THREADS, field);
    }

    private void run(final List<Integer> all, final Field field) throws IOException {
        for (final int threads : all) {
            notes.clear();
            final List<Contestant> contestants = field.ready(threads, notes);
            try {
                timings.put(threads, measure(contestants, threads));
            } finally {
                contestants.forEach(Contestant::close);
            }
            report();
        }
        System.out.print(table(Machine.now()));
    }

    /** With one thread alone. */
    void runAlone(final Field field) throws IOException {
        run(List.of(1), field);
    }

    private List<Timing> measure(final List<Contestant> contestants, final int threads) {
        contestants.forEach(contestant -> contestant.train(subject.units()));
        final List<Timing> found = contestants.stream()
                .map(contestant -> new Timing(contestant.name()))
                .toList();
        for (int round = 1; round <= subject.rounds(); round++) {
            for (int i = 0; i < contestants.size(); i++) {
                found.get(i).add(contestants.get(i).train(subject.units()));
            }
            System.out.printf(
                    Locale.ROOT,
                    "threads %d, round %d of %d, minima so far: %s%n",
                    threads,
                    round,
                    subject.rounds(),
                    found.stream()
                            .map(timing -> String.format(Locale.ROOT, "%.3f", timing.minimum()))
                            .collect(Collectors.joining(", ")));
        }
        return found;
    }

    private void report() throws IOException {
        final Machine machine = Machine.now();
        Results.write(subject.file() + ".txt", table(machine));
        Results.write(subject.file() + ".json", json(machine));
    }

    private String table(final Machine machine) {
        final StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: seconds per %s, %d rounds of %d%n%s%n",
                subject.title(),
                subject.unit(),
                subject.rounds(),
                subject.units(),
                machine));
        timings.forEach((threads, rows) -> {
            text.append('\n').append(Timing.header(threads, subject.result())).append('\n');
            rows.forEach(row -> text.append(row.row(rows.get(0))).append('\n'));
        });
        notes.forEach(note -> text.append('\n').append(note));
        return text.append(notes.isEmpty() ? "" : "\n").toString();
    }

    private String json(final Machine machine) {
        return String.format(
                Locale.ROOT,
                "{%n \"machine\": %s,%n \"subject\": \"%s\",%n \"result\": \"%s\",%n \"seconds per %s\": [%n%s%n ]%n}%n",
                machine.json(),
                subject.title(),
                subject.result(),
                subject.unit(),
                timings.entrySet().stream()
                        .map(entry -> json(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(",\n")));
    }

    private static String json(final int threads, final List<Timing> rows) {
        return "  {\"threads\": " + threads + ", \"contestants\": [\n   "
                + rows.stream().map(row -> row.json(rows.get(0))).collect(Collectors.joining(",\n   "))
                + "\n  ]}";
    }
}
