package org.gradienttape.nodes.sparktrainer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.gradienttape.cluster.SparkRun;
import org.gradienttape.error.InvalidInputException;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * The jars that Spark gives to driver and workers: those of GradientTape on Spark, which is installed apart from the nodes, and
 * the libraries of the nodes with libtorch. They lie in the bundle and its fragments, so files are made of them.
 */
final class InstalledJars {
    /** Where a fragment has the jars that take no part in OSGi. */
    private static final String ON_SPARK = "spark";

    private static final String LIBRARIES = "lib";

    private InstalledJars() {}

    /**
     * Copies them.
     *
     * @throws InvalidInputException if they are not installed
     */
    static SparkRun.Jars copy(final Path folder) throws IOException {
        final Bundle nodes = FrameworkUtil.getBundle(InstalledJars.class);
        final List<URL> onSpark = entries(nodes, ON_SPARK);
        if (onSpark.isEmpty()) {
            throw new InvalidInputException("The node needs GradientTape on Spark, which is not installed; install it"
                    + " from the update site of the nodes.");
        }
        for (final URL jar : onSpark) {
            copy(jar, folder);
        }
        for (final URL jar : entries(nodes, LIBRARIES)) {
            copy(jar, folder);
        }
        return SparkRun.Jars.in(folder);
    }

    private static List<URL> entries(final Bundle bundle, final String folder) {
        final Enumeration<URL> found = bundle.findEntries(folder, "*.jar", false);
        return found == null ? List.of() : Collections.list(found);
    }

    private static void copy(final URL jar, final Path folder) throws IOException {
        final String path = jar.getPath();
        try (InputStream in = jar.openStream()) {
            Files.copy(in, folder.resolve(path.substring(path.lastIndexOf('/') + 1)));
        }
    }
}
