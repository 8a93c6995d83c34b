package org.gradienttape.error;

import java.util.Locale;

/** Refuses what would not fit into the memory of this program before it is allocated. */
public final class MemoryNeed {
    private MemoryNeed() {}

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

    private static long megabytes(final long bytes) {
        return bytes >> 20;
    }
}
