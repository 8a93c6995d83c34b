package org.gradienttape.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;

/** What the process keeps in memory while it works, read at the start and every so many steps. Linux only. */
final class ResidentMemory {
    private static final int PAGE_BYTES = 4096;

    private final String what;
    private final int every;
    private final int last;
    private final TreeMap<Long, Double> megabytes = new TreeMap<>();

    /**
     * @param what is counted, for example "step"
     * @param every steps between two readings; growth is counted from the second one on
     * @param last step, a multiple of {@code every}
     */
    ResidentMemory(final String what, final int every, final int last) {
        this.what = what;
        this.every = every;
        this.last = last;
    }

    /** Notes what is in use before this step; false after the last one. */
    boolean before(final long step) {
        if (step % every == 0) {
            megabytes.put(step, residentMegabytes());
            System.out.printf(Locale.ROOT, "%s %6d %8.1f MB%n", what, step, megabytes.get(step));
        }
        return step < last;
    }

    /** Prints the readings and keeps them in bench/results. */
    void report(final String title, final String file) throws IOException {
        final StringBuilder lines = new StringBuilder(title + "\n" + Machine.now() + "\n");
        megabytes.forEach(
                (step, size) -> lines.append(String.format(Locale.ROOT, "%s %6d %8.1f MB%n", what, step, size)));
        lines.append(String.format(
                Locale.ROOT,
                "growth from %s %d to %s %d: %.1f MB%n",
                what,
                every,
                what,
                last,
                megabytes.get((long) last) - megabytes.get((long) every)));
        System.out.print(lines);
        Results.write(file, lines.toString());
    }

    private static double residentMegabytes() {
        try {
            final String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
            return Long.parseLong(pages) * PAGE_BYTES / 1e6;
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
