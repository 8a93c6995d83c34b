package org.gradienttape.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;

/**
 * An installation of Spark.
 *
 * @param folder that holds jars/
 * @param version of Spark, for example 3.5.6
 * @param scala its version of Scala, for example 2.12
 */
public record SparkHome(Path folder, String version, String scala) {
    private static final Pattern CORE = Pattern.compile("spark-core_(2\\.\\d+)-((\\d+\\.\\d+)\\..+)\\.jar");
    private static final Pattern KNOWN = Pattern.compile("(3\\.5|4\\.0)\\..*");

    /**
     * Looks at an installation.
     *
     * @param submit its bin/spark-submit, or its folder
     * @throws InvalidInputException if there is none, or one of another version
     */
    public static SparkHome of(final Path submit) {
        final Path folder = folder(submit);
        try (Stream<Path> jars = Files.list(folder.resolve("jars"))) {
            final List<Matcher> cores = jars.map(jar -> jar.getFileName().toString())
                    .sorted()
                    .map(CORE::matcher)
                    .filter(Matcher::matches)
                    .toList();
            return of(submit, folder, cores);
        } catch (final IOException missing) {
            throw none(submit, missing);
        }
    }

    /** Often there is a link to it where commands are. */
    private static Path folder(final Path submit) {
        if (Files.isDirectory(submit)) {
            return submit;
        }
        final Path given = submit.toAbsolutePath().resolve("../..").normalize();
        try {
            return Files.isDirectory(given.resolve("jars"))
                    ? given
                    : submit.toRealPath().resolve("../..").normalize();
        } catch (final IOException missing) {
            return given;
        }
    }

    private static SparkHome of(final Path submit, final Path folder, final List<Matcher> cores) {
        if (cores.isEmpty()) {
            throw none(submit, null);
        }
        final Matcher core = cores.get(0);
        if (cores.size() > 1) {
            throw new InvalidInputException("One version of Spark is needed, but " + submit + " belongs to "
                    + core.group(2) + " and " + cores.get(1).group(2) + "; choose another installation.");
        }
        if (!KNOWN.matcher(core.group(2)).matches()) {
            throw new InvalidInputException("Spark 3.5 or 4.0 is needed, but " + submit + " belongs to Spark "
                    + core.group(2) + "; choose another installation.");
        }
        return new SparkHome(folder, core.group(2), core.group(1));
    }

    private static InvalidInputException none(final Path submit, final IOException cause) {
        return new InvalidInputException(
                "The file spark-submit of an installation of Spark 3.5 or 4.0 was expected, but " + submit
                        + " is none; install Spark and choose its bin/spark-submit.",
                cause);
    }
}
