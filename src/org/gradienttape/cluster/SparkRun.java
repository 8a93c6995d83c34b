package org.gradienttape.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FolderTree;
import org.gradienttape.train.TrainingMonitor;

/**
 * Starts the driver of a run in a process of its own, follows it, and passes a cancel on. The driver ends with this process,
 * however that ends: it reads from a pipe that closes then.
 */
public final class SparkRun {
    private static final long MILLISECONDS_BETWEEN_LOOKS = 200;
    private static final String BETWEEN_JARS = ",";
    private static final String DRIVER = "org.gradienttape.spark.Driver";
    /** What Spark's own scripts open of Java, see its class JavaModuleOptions. */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang=ALL-UNNAMED",
            "java.base/java.lang.invoke=ALL-UNNAMED",
            "java.base/java.lang.reflect=ALL-UNNAMED",
            "java.base/java.io=ALL-UNNAMED",
            "java.base/java.net=ALL-UNNAMED",
            "java.base/java.nio=ALL-UNNAMED",
            "java.base/java.util=ALL-UNNAMED",
            "java.base/java.util.concurrent=ALL-UNNAMED",
            "java.base/java.util.concurrent.atomic=ALL-UNNAMED",
            "java.base/jdk.internal.ref=ALL-UNNAMED",
            "java.base/sun.nio.ch=ALL-UNNAMED",
            "java.base/sun.nio.cs=ALL-UNNAMED",
            "java.base/sun.security.action=ALL-UNNAMED",
            "java.base/sun.util.calendar=ALL-UNNAMED");

    /** It only starts others and waits: neither the second compiler nor several collectors pay. */
    private static final List<String> SMALL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final JobFolder folder;
    private final ClusterConfig cluster;
    private final SparkHome spark;
    private final Jars jars;

    private SparkRun(final JobFolder folder, final ClusterConfig cluster, final SparkHome spark, final Jars jars) {
        this.folder = folder;
        this.cluster = cluster;
        this.spark = spark;
        this.jars = jars;
    }

    /**
     * The jars of a run.
     *
     * @param driver with the driver and the task of the workers
     * @param libraries the engine and all that it needs
     */
    public record Jars(Path driver, List<Path> libraries) {
        /** Whether a jar holds libraries of the machine alone, such as libtorch, and no classes. */
        private static boolean isNative(final Path jar) {
            return jar.getFileName().toString().startsWith("pytorch-native");
        }

        /**
         * Those of a folder. Where messages are written to is Spark's own, so slf4j is left out.
         *
         * @throws InvalidInputException if it is not there
         */
        public static Jars in(final Path folder) {
            try (Stream<Path> files = Files.list(folder)) {
                final Map<Boolean, List<Path>> all = files.filter(
                                file -> file.toString().endsWith(".jar")
                                        && !file.getFileName().toString().startsWith("slf4j"))
                        .sorted()
                        .collect(Collectors.partitioningBy(
                                file -> file.getFileName().toString().startsWith("gradienttape-spark")));
                return new Jars(all.get(true).get(0), all.get(false));
            } catch (final IOException | IndexOutOfBoundsException missing) {
                throw new InvalidInputException(
                        "The jars for Spark were expected in " + folder
                                + ", but they are not there; install GradientTape on Spark.",
                        missing);
            }
        }
    }

    /**
     * Runs a job to its end; what came out is in its folder then.
     *
     * @param monitor hears how far it is, and may end it
     * @return false if it was cancelled
     * @throws InvalidInputException if somebody has to change something first; the checkpoints stay
     */
    public static boolean run(
            final JobFolder folder, final SparkHome spark, final Jars jars, final TrainingMonitor monitor)
            throws IOException {
        return new SparkRun(folder, folder.cluster(), spark, jars).run(monitor);
    }

    private boolean run(final TrainingMonitor monitor) throws IOException {
        checkMaster();
        final Path home = Files.createTempDirectory("gradienttape-spark");
        try {
            final Process driver = start(home);
            try {
                return follow(driver, monitor);
            } finally {
                end(driver);
            }
        } finally {
            FolderTree.delete(home);
        }
    }

    /** A master that is not there would be looked for for a minute. Of several, which stand in for each other, one is enough. */
    private void checkMaster() throws IOException {
        if (!cluster.isStandalone()) {
            return;
        }
        Exception missing = null;
        for (final String one :
                cluster.master().substring(ClusterConfig.STANDALONE.length()).split(",")) {
            final int colon = one.lastIndexOf(':');
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(one.substring(0, colon), Integer.parseInt(one.substring(colon + 1))),
                        (int) TimeUnit.SECONDS.toMillis(cluster.limit()));
                return;
            } catch (final IOException | IndexOutOfBoundsException | IllegalArgumentException notThere) {
                missing = notThere;
            }
        }
        throw new InvalidInputException(
                "A master of Spark was expected at " + cluster.master() + ", but none answers ("
                        + (missing == null ? "no address" : missing.getMessage())
                        + "); start it, or correct the address.",
                missing);
    }

    private Process start(final Path home) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(command(sent(home)))
                .redirectErrorStream(true)
                .redirectOutput(folder.driverLog().toFile());
        builder.environment().put("SPARK_SCALA_VERSION", spark.scala());
        builder.environment().put("SPARK_HOME", spark.folder().toString());
        if (cluster.isThisMachine()) {
            // What workers leave behind goes into this folder, which is deleted.
            Files.createSymbolicLink(
                    home.resolve("jars"), spark.folder().resolve("jars").toRealPath());
            builder.environment().put("SPARK_HOME", home.toString());
            builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
            builder.environment().remove("SPARK_LOCAL_HOSTNAME"); // which Spark listens on rather than on that
            builder.environment().put("JAVA_HOME", System.getProperty("java.home")); // of the workers
        }
        return builder.start();
    }

    private List<String> command(final List<Path> sent) {
        final List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
        command.addAll(SMALL);
        OPENED.forEach(name -> command.addAll(List.of("--add-opens", name)));
        command.addAll(List.of(
                "-cp",
                spark.folder().resolve("conf")
                        + File.pathSeparator
                        + spark.folder().resolve("jars/*"),
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                cluster.isThisMachine()
                        ? "local-cluster[" + cluster.workers() + ",1," + cluster.memory() + "]"
                        : cluster.master(),
                "--name",
                "GradientTape"));
        settings().forEach((name, value) -> command.addAll(List.of("--conf", name + "=" + value)));
        checkDivided(jars.driver());
        sent.forEach(SparkRun::checkDivided);
        command.addAll(List.of(
                "--class",
                DRIVER,
                "--jars",
                sent.stream().map(Path::toString).collect(Collectors.joining(BETWEEN_JARS)),
                jars.driver().toString(),
                folder.path().toString()));
        return command;
    }

    private static void checkDivided(final Path jar) {
        if (jar.toString().contains(BETWEEN_JARS)) {
            throw new InvalidInputException("Spark takes a comma for the end of a file's name, but there is one in "
                    + jar + "; install the nodes, or have temporary files, in a folder without a comma.");
        }
    }

    /** What each worker gets a copy of, one by one; on this machine the files are there, so that it is told where. */
    private List<Path> sent(final Path home) throws IOException {
        if (!cluster.isThisMachine()) {
            return jars.libraries();
        }
        final Path list = home.resolve("gradienttape-libraries.jar");
        JarList.write(
                list,
                jars.libraries().stream().filter(jar -> !Jars.isNative(jar)).toList());
        return List.of(list);
    }

    /** Each worker is one task alone in its process, and none is started twice. */
    private Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        final String workers = Integer.toString(cluster.workers());
        settings.put("spark.executor.cores", "1");
        settings.put("spark.task.cpus", "1");
        settings.put("spark.cores.max", workers);
        settings.put("spark.executor.instances", workers);
        settings.put("spark.executor.memory", cluster.memory() + "m");
        settings.put("spark.speculation", "false");
        settings.put("spark.dynamicAllocation.enabled", "false");
        settings.put("spark.task.maxFailures", "1");
        settings.put("spark.network.timeout", cluster.limit() + "s");
        final String interval = Math.max(1, cluster.limit() / 6) + "s";
        settings.put("spark.network.timeoutInterval", interval);
        settings.put("spark.executor.heartbeatInterval", interval);
        settings.put("spark.driver.userClassPathFirst", "true");
        settings.put("spark.executor.userClassPathFirst", "true");
        settings.put("spark.ui.enabled", "false");
        if (cluster.isThisMachine()) {
            settings.put("spark.driver.host", "127.0.0.1");
            settings.put("spark.driver.bindAddress", "127.0.0.1");
            settings.put("spark.executor.extraJavaOptions", "-XX:+UseSerialGC"); // each has one core
            settings.put(
                    "spark.executor.extraClassPath",
                    jars.libraries().stream()
                            .filter(Jars::isNative)
                            .map(Path::toString)
                            .collect(Collectors.joining(File.pathSeparator)));
        }
        final String natives = System.getenv("DJL_CACHE_DIR");
        if (natives != null) {
            settings.put("spark.executorEnv.DJL_CACHE_DIR", natives);
        }
        return settings;
    }

    private boolean follow(final Process driver, final TrainingMonitor monitor) throws IOException {
        boolean isInterrupted = false;
        int told = 0;
        long asked = 0;
        boolean hasEnded = false;
        while (!hasEnded) {
            try {
                hasEnded = driver.waitFor(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
            } catch (final InterruptedException cancel) {
                isInterrupted = true;
            }
            final List<JobFolder.Line> lines = folder.said();
            lines.subList(Math.min(told, lines.size()), lines.size()).forEach(line -> line.tell(monitor));
            told = lines.size();
            final boolean goesOn = monitor.goOn(folder.progress()) && !isInterrupted;
            if (!goesOn && asked == 0) {
                folder.askForEnd();
                asked = System.nanoTime();
            }
            if (asked != 0 && System.nanoTime() - asked > TimeUnit.SECONDS.toNanos(cluster.limit())) {
                return false;
            }
        }
        final JobFolder.Outcome outcome = folder.outcome().orElseThrow(() -> unexpected(driver));
        if (asked != 0 && outcome.ending() == JobFolder.Ending.LOST) {
            return false; // some worker ended before the others had heard of it
        }
        if (outcome.ending() != JobFolder.Ending.DONE) {
            throw new InvalidInputException(outcome.sentence());
        }
        return asked == 0;
    }

    private InvalidInputException unexpected(final Process driver) {
        return new InvalidInputException("The driver of Spark ended with the code " + driver.exitValue()
                + " before it could say how the run went" + lastWords() + "; look into its log, " + folder.driverLog()
                + ", and start the run again: it goes on from its checkpoint.");
    }

    /** What the driver's log ends with. */
    private String lastWords() {
        try (Stream<String> lines = Files.lines(folder.driverLog(), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.isBlank())
                    .reduce((before, last) -> last)
                    .map(last -> " (" + last.strip() + ")")
                    .orElse("");
        } catch (final IOException | UncheckedIOException noLog) {
            return "";
        }
    }

    /** Closing the pipe asks it to end; what does not is killed. */
    private void end(final Process driver) throws IOException {
        driver.getOutputStream().close();
        try {
            if (!driver.waitFor(cluster.limit(), TimeUnit.SECONDS)) {
                driver.destroyForcibly();
            }
        } catch (final InterruptedException hurry) {
            driver.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
