package org.gradienttape.spark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gradienttape.cluster.SparkHome;

/** A master of Spark with two workers of one core, reachable on this machine alone. */
final class StandaloneCluster implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Starting Spark master at (spark://\\S+)");

    private final List<Process> processes;
    private final String master;

    private StandaloneCluster(final List<Process> processes, final String master) {
        this.processes = processes;
        this.master = master;
    }

    /**
     * Starts master and workers.
     *
     * @param folder for what they leave; each worker has a folder of its own there, work0 and work1
     */
    static StandaloneCluster start(final SparkHome spark, final Path folder) throws Exception {
        Files.createDirectories(folder);
        final List<Process> processes = new ArrayList<>();
        final Process master = process(
                        spark, "org.apache.spark.deploy.master.Master", "--port", "0", "--webui-port", "0")
                .start();
        processes.add(master);
        final StandaloneCluster cluster =
                new StandaloneCluster(processes, address(master, folder.resolve("master.log")));
        for (int i = 0; i < 2; i++) {
            processes.add(process(
                            spark,
                            "org.apache.spark.deploy.worker.Worker",
                            "--webui-port",
                            "0",
                            "--cores",
                            "1",
                            "--memory",
                            "1g",
                            "--work-dir",
                            folder.resolve("work" + i).toString(),
                            cluster.master)
                    .redirectOutput(folder.resolve("worker" + i + ".log").toFile())
                    .start());
        }
        return cluster;
    }

    /** What the master says of itself when others can reach it; the rest goes into its log. */
    private static String address(final Process master, final Path log) throws IOException {
        final BufferedReader lines = master.inputReader();
        final StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            final Matcher found = ADDRESS.matcher(line);
            if (found.find()) {
                final Thread rest = new Thread(() -> write(lines, log));
                rest.setDaemon(true);
                rest.start();
                return found.group(1);
            }
        }
        throw new IllegalStateException("The master ended: " + said);
    }

    private static void write(final BufferedReader lines, final Path log) {
        try (BufferedWriter out = Files.newBufferedWriter(log)) {
            lines.transferTo(out);
        } catch (final IOException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProcessBuilder process(final SparkHome spark, final String main, final String... arguments) {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--add-opens",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.nio=ALL-UNNAMED",
                "-cp",
                spark.folder().resolve("jars/*").toString(),
                main,
                "--host",
                "127.0.0.1"));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SPARK_HOME", spark.folder().toString());
        builder.environment().put("SPARK_SCALA_VERSION", spark.scala());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        return builder;
    }

    String master() {
        return master;
    }

    @Override
    public void close() {
        for (final Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
    }
}
