package org.gradienttape.bench;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where and with what something was measured.
 *
 * @param processor its name and the cores that this process may use
 * @param load processes that wanted a core, averaged over the last minute
 * @param versions of Java and the engine
 */
record Machine(String processor, double load, String versions) {
    static Machine now() throws IOException {
        return new Machine(
                processorName() + ", " + Runtime.getRuntime().availableProcessors() + " cores",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                "Java " + System.getProperty("java.version") + ", DJL " + Engine.getDjlVersion() + ", libtorch "
                        + Engine.getInstance().getVersion());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s; load %.2f; %s", processor, load, versions);
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"processor\": \"%s\", \"load\": %.2f, \"versions\": \"%s\"}",
                processor,
                load,
                versions);
    }

    private static String processorName() throws IOException {
        final Path description = Path.of("/proc/cpuinfo");
        if (!Files.exists(description)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(description)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
