package org.gradienttape.torch.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the system says of a processor of AMD. */
public final class AmdProcessor {
    private static final String VENDOR = "AuthenticAMD";
    private static final Pattern FAMILY = Pattern.compile("(?:cpu family\\s*:|\\bFamily) *(\\d+)");

    private AmdProcessor() {}

    /** The family of this one, such as 25 of Zen 3 and 4, and 26 of Zen 5; empty for those of others, and if it is not said. */
    public static OptionalInt family() {
        final String ofWindows = System.getenv("PROCESSOR_IDENTIFIER");
        try {
            return family(ofWindows == null ? Files.readString(Path.of("/proc/cpuinfo")) : ofWindows);
        } catch (final IOException otherSystem) {
            return OptionalInt.empty();
        }
    }

    /**
     * @param description as Linux gives it, or Windows
     */
    static OptionalInt family(final String description) {
        final Matcher family = FAMILY.matcher(description);
        return description.contains(VENDOR) && family.find()
                ? OptionalInt.of(Integer.parseInt(family.group(1)))
                : OptionalInt.empty();
    }
}
