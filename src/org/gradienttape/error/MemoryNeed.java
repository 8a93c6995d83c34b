package org.gradienttape.error;

import java.util.Locale;

/** Refuses what would not fit into the memory of this program before it is allocated. */
public final class MemoryNeed {
    /** An array of any virtual machine may be as long as this. */
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private MemoryNeed() {}

    /**
     * How long an array becomes that has run full: twice as long, as far as arrays go.
     *
     * @param length of the full one
     * @param needed how long it must be at least
     * @param what would be in it, which begins the sentence, for example "The targets of all rows"
     * @throws InvalidInputException if no array is as long as that
     */
    public static int grown(final int length, final long needed, final String what) {
        if (needed > LONGEST_ARRAY) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "%s should be at most %,d, but there are more; take fewer rows or columns.",
                    what,
                    LONGEST_ARRAY));
        }
        return (int) Math.min(LONGEST_ARRAY, Math.max(2L * length, needed));
    }

    /**
     * Checks a need against all memory that this program may take.
     *
     * @param what begins the sentence, for example "The weights of the model"
     * @param bytes needed at the same time
     * @param remedy ends it, for example "build a smaller model"
     * @throws InvalidInputException if it is more
     */
    public static void check(final String what, final long bytes, final String remedy) {
        final long memory = Runtime.getRuntime().maxMemory();
        if (bytes > memory) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "%s would take %,d MB of memory, but this program has %,d; %s, or give the program more memory"
                            + " (-Xmx).",
                    what,
                    megabytes(bytes),
                    megabytes(memory),
                    remedy));
        }
    }

    /**
     * The sentence for a need that nobody could know before.
     *
     * @param what begins it, for example "The checkpoint"
     */
    public static String exceeded(final String what, final OutOfMemoryError full) {
        return what + " takes more memory than this program has left (" + full.getMessage()
                + "); give the program more memory (-Xmx).";
    }

    private static long megabytes(final long bytes) {
        return bytes >> 20;
    }
}
