package org.gradienttape.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gradienttape.cluster.SparkHome;

/** A master of Spark with two workers of one core, reachable on this machine alone. */
final class StandaloneCluster implements AutoCloseable {
    private static final int SECONDS_TO_START = 60;

    private final List<Process> processes = new ArrayList<>();
    private final String master;

    private StandaloneCluster(final String master) {
        this.master = master;
    }

    static StandaloneCluster start(final SparkHome spark, final Path folder) throws Exception {
        final int port = freePort();
        final StandaloneCluster cluster = new StandaloneCluster("spark://127.0.0.1:" + port);
        cluster.run(
                spark,
                folder,
                "master",
                "org.apache.spark.deploy.master.Master",
                "--port",
                Integer.toString(port),
                "--webui-port",
                "0");
        awaitPort(port);
        for (int i = 0; i < 2; i++) {
            cluster.run(
                    spark,
                    folder,
                    "worker" + i,
                    "org.apache.spark.deploy.worker.Worker",
                    "--webui-port",
                    "0",
                    "--cores",
                    "1",
                    "--memory",
                    "1g",
                    "--work-dir",
                    folder.resolve("work" + i).toString(),
                    cluster.master);
        }
        return cluster;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(final int port) throws Exception {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
        while (true) {
            try {
                new Socket("127.0.0.1", port).close();
                return;
            } catch (final IOException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private void run(
            final SparkHome spark, final Path folder, final String name, final String main, final String... arguments)
            throws IOException {
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
        final ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().put("SPARK_HOME", spark.folder().toString());
        builder.environment().put("SPARK_SCALA_VERSION", spark.scala());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        Files.createDirectories(folder);
        processes.add(builder.start());
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
