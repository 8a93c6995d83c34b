package org.gradienttape.workflows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.core.runtime.RegistryFactory;
import org.gradienttape.host.batch.BatchRun;
import org.gradienttape.host.batch.Console;
import org.gradienttape.host.workflow.ExtensionNodeRegistry;

/** Calls the headless application, in this Equinox or in a fresh process. */
final class Headless {
    /**
     * How a call ended.
     *
     * @param exitCode as the shell sees it
     * @param output what it printed, standard output and errors
     */
    record Result(int exitCode, String output) {}

    static final String OUTPUT = "output.txt";

    private Headless() {}

    static Result run(final List<String> arguments) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        final BatchRun run = new BatchRun(
                new ExtensionNodeRegistry(RegistryFactory.getRegistry()), Console.of(out, out, new Properties()));
        final int exitCode = run.run(arguments).number();
        return new Result(exitCode, bytes.toString(StandardCharsets.UTF_8));
    }

    /**
     * The same in a JVM of its own, with the bundles of this one.
     *
     * @param folder for the framework's own files and the output; empty
     */
    static Result runInFreshProcess(final Path folder, final List<String> arguments)
            throws IOException, InterruptedException {
        final Process process = start(folder, arguments);
        return new Result(process.waitFor(), Files.readString(folder.resolve(OUTPUT)));
    }

    /** Starts such a JVM; the file {@link #OUTPUT} of the folder gets its output. */
    static Process start(final Path folder, final List<String> arguments) throws IOException {
        final Path configuration = Files.createDirectories(folder.resolve("configuration"));
        // Equinox writes spaces as they are, which no URI takes.
        final Path ours = Path.of(new URL(System.getProperty("osgi.configuration.area")).getPath());
        Files.copy(ours.resolve("config.ini"), configuration.resolve("config.ini"));
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Dgradienttape.datasets=" + System.getProperty("gradienttape.datasets"),
                "-cp",
                System.getProperty("java.class.path"),
                "org.eclipse.equinox.launcher.Main",
                "-configuration",
                configuration.toString(),
                "-data",
                "@none",
                "-nosplash",
                "-application",
                "org.gradienttape.headless"));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(OUTPUT).toFile())
                .start();
    }
}
