package org.gradienttape.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Eclipse's own installer, run in a process of its own out of a headless product. */
final class Director {
    static final String FEATURE = "org.gradienttape.feature.feature.group";

    /** The optional one. */
    static final String ON_SPARK = "org.gradienttape.spark.feature.feature.group";

    private static final String OUTPUT = "output.txt";

    private final Path product;

    /** @param product the folder of a headless product; the director writes into its configuration */
    Director(final Path product) {
        this.product = product;
    }

    /** Runs the director and returns what it printed; fails if it does. */
    String run(final Path destination, final String... options) throws IOException, InterruptedException {
        final List<String> arguments = new ArrayList<>(List.of("-destination", destination.toString()));
        arguments.addAll(Arrays.asList(options));
        return start("org.eclipse.equinox.p2.director", arguments);
    }

    /** Runs an application of the product and returns what it printed; fails if it does. */
    String start(final String application, final List<String> arguments) throws IOException, InterruptedException {
        return start(application, Map.of(), arguments);
    }

    /** The same with more variables in its environment. */
    String start(final String application, final Map<String, String> environment, final List<String> arguments)
            throws IOException, InterruptedException {
        final int exitCode = exitCode(application, environment, arguments);
        if (exitCode != 0) {
            throw new AssertionError(application + " ended with " + exitCode + ":\n" + printed());
        }
        return printed();
    }

    /** Runs an application that fails, and returns what it printed. */
    String fails(final String application, final Map<String, String> environment, final List<String> arguments)
            throws IOException, InterruptedException {
        if (exitCode(application, environment, arguments) == 0) {
            throw new AssertionError(application + " should have failed:\n" + printed());
        }
        return printed();
    }

    private String printed() throws IOException {
        return Files.readString(product.resolve(OUTPUT));
    }

    private int exitCode(final String application, final Map<String, String> environment, final List<String> arguments)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Dgradienttape.datasets=" + System.getProperty("gradienttape.datasets"),
                "-jar",
                launcher().toString(),
                "-nosplash",
                "-data",
                "@none",
                "-application",
                application));
        command.addAll(arguments);
        final ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(product.resolve(OUTPUT).toFile());
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    static String repositories(final Path... folders) {
        return Arrays.stream(folders).map(folder -> folder.toUri().toString()).collect(Collectors.joining(","));
    }

    private Path launcher() throws IOException {
        try (var files = Files.newDirectoryStream(product.resolve("plugins"), "org.eclipse.equinox.launcher_*.jar")) {
            return files.iterator().next();
        }
    }
}
