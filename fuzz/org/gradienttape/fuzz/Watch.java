package org.gradienttape.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FolderTree;

/** Has one file after the other read on a thread of its own, and says what is wrong with how that ends. */
final class Watch {
    /** Of computing; on a busy machine, a thread that does not wait may be kept waiting. */
    private static final Pattern OF_PROGRAMMERS =
            Pattern.compile("\\bjava\\.\\w|\\w+Exception\\b|\\(null\\)");
    private static final int LONGEST_SECONDS = 10;
    /** Of a thread that waits, as for a pipe. */
    private static final int LONGEST_WAIT_SECONDS = 120;

    private static final int LOOK_MILLISECONDS = 100;
    private static final int LONGEST_SENTENCE = 2100;
    /** What readers take for a file of no size: buffers, tables, decoders. */
    private static final long BYTES_OF_NOTHING = 16 << 20;
    /** Beside each byte of a file: copies, characters, boxes for the numbers and texts that it holds. */
    private static final long BYTES_PER_BYTE = 128;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What is wrong with how a file was read, and why it was not read; each empty if there is nothing. */
    private record Verdict(Optional<String> fault, Optional<String> refusal) {}

    /** Takes what is wrong with a file; false ends the reading. */
    @FunctionalInterface
    interface Faults {
        boolean add(long number, String what);
    }

    private final Target target;
    private final LongFunction<byte[]> files;
    private final Path folder;
    private volatile long number;
    private volatile long startedAt;
    private volatile long computedBefore;
    private volatile boolean abandoned;
    private long most;

    /**
     * @param files by their numbers
     * @param folder for them
     */
    Watch(final Target target, final LongFunction<byte[]> files, final Path folder) {
        this.target = target;
        this.files = files;
        this.folder = folder;
    }

    /**
     * Reads files until the time is up; leaves a thread behind whose file takes too long.
     *
     * @param end as System.nanoTime tells it
     * @return how many files were read
     */
    long read(final long end, final Faults faults) throws InterruptedException {
        startedAt = System.nanoTime();
        final Thread reader = new Thread(() -> readAll(end, faults), "fuzz");
        reader.setDaemon(true);
        reader.start();
        while (reader.isAlive()) {
            reader.join(LOOK_MILLISECONDS);
            if (takesTooLong(reader)) {
                abandoned = true;
                final String stack = Stream.of(reader.getStackTrace())
                        .limit(20)
                        .map(frame -> "\n    at " + frame)
                        .reduce("", String::concat);
                faults.add(number, "takes longer than " + LONGEST_SECONDS + " s" + stack);
                break;
            }
        }
        return number;
    }

    private boolean takesTooLong(final Thread reader) {
        final long computed = THREADS.getThreadCpuTime(reader.getId()) - computedBefore; // -1 for a thread that has ended
        final long waited = System.nanoTime() - startedAt;
        return reader.isAlive()
                && (computed > TimeUnit.SECONDS.toNanos(LONGEST_SECONDS)
                        || waited > TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS));
    }

    private void readAll(final long end, final Faults faults) {
        while (System.nanoTime() < end && !abandoned) {
            final byte[] file = files.apply(number);
            startedAt = System.nanoTime();
            computedBefore = THREADS.getCurrentThreadCpuTime();
            final Optional<String> fault = verdict(file).fault();
            if (abandoned || fault.isPresent() && !faults.add(number, fault.get())) {
                return;
            }
            number++;
        }
    }

    /** Why a file is not read; empty if it is. */
    Optional<String> refusal(final byte[] file) {
        verdict(file); // loads classes, which takes memory once
        final Verdict verdict = verdict(file);
        return verdict.fault().or(verdict::refusal);
    }

    /** The most memory that a file has taken, beside what it may. */
    long most() {
        return most;
    }

    private Verdict verdict(final byte[] file) {
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        long needed = 0;
        Optional<String> fault = Optional.empty();
        Optional<String> refusal = Optional.empty();
        try {
            final Path place = Files.createDirectory(folder.resolve("file"));
            try {
                needed = target.reader().read(file, place);
            } catch (final NeedsMemory refused) {
                needed = refused.bytes();
                fault = sentence(refused.getCause());
                refusal = Optional.of(refused.getCause().getMessage());
            } finally {
                FolderTree.delete(place);
            }
        } catch (final Throwable thrown) { // all that a reader throws is looked at
            fault = sentence(thrown);
            refusal = Optional.of(String.valueOf(thrown.getMessage()));
        }
        final long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
        final long allowed = 2 * (BYTES_OF_NOTHING + BYTES_PER_BYTE * file.length + needed);
        most = Math.max(most, taken - 2 * needed);
        if (fault.isEmpty() && taken > allowed) {
            fault = Optional.of("takes " + taken + " bytes of memory, more than " + allowed);
        }
        return new Verdict(fault, refusal);
    }

    /** Refused by a reader that had to take memory before. */
    static final class NeedsMemory extends Exception {
        private static final long serialVersionUID = 1L;

        private final long bytes;

        NeedsMemory(final long bytes, final Throwable cause) {
            super(cause);
            this.bytes = bytes;
        }

        long bytes() {
            return bytes;
        }
    }

    private static Optional<String> sentence(final Throwable thrown) {
        if (!(thrown instanceof InvalidInputException || thrown instanceof IOException)) {
            return Optional.of("ends with " + stack(thrown));
        }
        return sentence(thrown.getMessage()).map(why -> why + ": " + stack(thrown));
    }

    /** What is wrong with a sentence; names in the file that is quoted may hold the same letters. */
    static Optional<String> sentence(final String text) {
        if (text == null || text.isBlank()) {
            return Optional.of("says nothing");
        }
        if (text.length() > LONGEST_SENTENCE) {
            return Optional.of("says too much");
        }
        if (!text.endsWith(".")) {
            return Optional.of("says no sentence: " + text);
        }
        return OF_PROGRAMMERS
                .matcher(text)
                .results()
                .findFirst()
                .map(word -> "says " + word.group() + " in: " + text);
    }

    private static String stack(final Throwable thrown) {
        final StringBuilder text = new StringBuilder(String.valueOf(thrown));
        Stream.of(thrown.getStackTrace()).limit(12).forEach(frame -> text.append("\n    at ").append(frame));
        if (thrown.getCause() != null) {
            text.append("\n  by ").append(thrown.getCause());
            Stream.of(thrown.getCause().getStackTrace())
                    .limit(6)
                    .forEach(frame -> text.append("\n    at ").append(frame));
        }
        return text.toString();
    }
}
