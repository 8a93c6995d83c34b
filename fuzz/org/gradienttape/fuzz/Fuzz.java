package org.gradienttape.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gradienttape.file.FolderTree;

/** Damages files at random and has them read, for some minutes; prints what went wrong. Its arguments: minutes, seed. */
public final class Fuzz {
    private static final int MOST_FAULTS = 3;

    private Fuzz() {}

    /**
     * A damaged file that was not read or refused as it should be.
     *
     * @param target its reader
     * @param number of the file, from 0; with the seed it is made again
     * @param what went wrong
     * @param file its bytes
     */
    public record Fault(String target, long number, String what, byte[] file) {}

    /**
     * What came of it.
     *
     * @param files that were read
     * @param faults the first ones of each reader
     * @param lines one for each reader
     */
    public record Report(long files, List<Fault> faults, List<String> lines) {}

    public static void main(final String[] arguments) throws Exception {
        final double minutes = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 10;
        final long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
        final String only = System.getProperty("gradienttape.fuzz.only", "");
        final Report report = run(
                Duration.ofMillis(Math.round(minutes * 60_000)),
                seed,
                Path.of(System.getProperty("gradienttape.root")),
                only);
        report.lines().forEach(System.out::println);
        for (final Fault fault : report.faults()) {
            final Path file = Files.createTempFile("gradienttape-fuzz-", ".bin");
            Files.write(file, fault.file());
            System.out.println(fault.target() + ", file " + fault.number() + " (" + file + ") " + fault.what());
        }
        System.out.printf(
                Locale.ROOT,
                "%,d damaged files, seed %d: %d faults%n",
                report.files(),
                seed,
                report.faults().size());
        System.exit(report.faults().isEmpty() ? 0 : 1); // a reader that hangs would keep the program alive
    }

    /**
     * Has damaged files read by every reader in turn.
     *
     * @param time that all readers share
     * @param seed of the damage
     * @param root of the checkout
     * @param only part of the names of the readers; blank for all
     */
    public static Report run(final Duration time, final long seed, final Path root, final String only) throws Exception {
        final Path scratch = Files.createTempDirectory("gradienttape-fuzz-");
        try {
            final List<Target> targets = new ArrayList<>(EngineTargets.all(root));
            targets.addAll(HostTargets.all(root.resolve("workflows"), scratch));
            targets.removeIf(target -> !target.name().contains(only));
            return run(targets, time, seed, scratch);
        } finally {
            FolderTree.delete(scratch);
        }
    }

    private static Report run(final List<Target> targets, final Duration time, final long seed, final Path scratch)
            throws InterruptedException, IOException {
        final List<Fault> faults = new ArrayList<>();
        final List<String> lines = new ArrayList<>();
        long files = 0;
        for (final Target target : targets) {
            final List<Fault> found = Collections.synchronizedList(new ArrayList<>());
            final Path folder = Files.createTempDirectory(scratch, "files-");
            final Watch watch = new Watch(target, number -> damaged(target, seed, number), folder);
            wholeFilesAreRead(target, watch);
            final long read = watch.read(System.nanoTime() + time.toNanos() / targets.size(), (number, what) -> {
                found.add(new Fault(target.name(), number, what, damaged(target, seed, number)));
                return found.size() < MOST_FAULTS;
            });
            faults.addAll(found);
            files += read;
            lines.add(String.format(
                    Locale.ROOT,
                    "%-45s %,10d damaged files, %d faults, at most %,d KB",
                    target.name(),
                    read,
                    found.size(),
                    watch.most() >> 10));
        }
        return new Report(files, faults, lines);
    }

    /** Otherwise the damaged ones would be refused for what is wrong with all of them. */
    private static void wholeFilesAreRead(final Target target, final Watch watch) {
        for (final byte[] seed : target.seeds()) {
            final Optional<String> refusal = watch.refusal(seed);
            if (refusal.isPresent()) {
                throw new IllegalStateException("a whole file is refused by " + target.name() + ": " + refusal.get());
            }
        }
    }

    /** The same for the same seed and number. */
    static byte[] damaged(final Target target, final long seed, final long number) {
        return new Mutator(new SplittableRandom(seed * 1_000_003 + number)).damaged(target);
    }
}
