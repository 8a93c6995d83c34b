package org.gradienttape.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the launcher says and installs on a machine that lacks something. The machine is a folder of commands, the only
 * one on the PATH; the checkout holds a copy of the launcher, so that nothing of this one is touched.
 */
class LauncherTest {
    private static final Path ROOT = Path.of(System.getProperty("gradienttape.root"));

    private static final Path BENCHMARKS = Path.of("bench/org/gradienttape/bench");

    /** One file for each command of the launcher. */
    private static final Path COMMANDS = Path.of("releng/commands");

    /** A line of a help that explains an option. */
    private static final Pattern OPTION = Pattern.compile("(?m)^ +(-[\\w.]+(?:\\[?=\\S+)?)");

    private static final List<String> SYSTEM =
            List.of("bash", "chmod", "dirname", "grep", "id", "locale", "mkdir", "paste", "readlink", "sed", "tail");

    @TempDir
    private Path folder;

    private Path commands;

    private Path launcher;

    @BeforeEach
    void machineWithoutAnything() throws IOException {
        commands = Files.createDirectory(folder.resolve("bin"));
        for (final String name : SYSTEM) {
            Files.createSymbolicLink(commands.resolve(name), Path.of("/usr/bin", name));
        }
        final Path checkout = Files.createDirectories(folder.resolve("a checkout"));
        launcher = Files.copy(
                ROOT.resolve("gradienttape"), checkout.resolve("gradienttape"), StandardCopyOption.COPY_ATTRIBUTES);
        for (final Path part : List.of(BENCHMARKS, COMMANDS)) {
            Files.createDirectories(checkout.resolve(part.getParent()));
            Files.createSymbolicLink(checkout.resolve(part), ROOT.resolve(part));
        }
    }

    @Test
    void namesAllThatIsMissingAtOnce() throws Exception {
        final Result result = run("test");

        assertThat(result.output())
                .isEqualTo(
                        "Not found: java, mvn, npm, chromium, chromedriver. Install what brings them (Debian's names: "
                                + "default-jdk-headless maven npm chromium chromium-driver).\n");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void aRunNeedsNoBrowser() throws Exception {
        assertThat(run("run", "some-workflow").output())
                .isEqualTo("Not found: java, mvn, npm. Install what brings them (Debian's names: "
                        + "default-jdk-headless maven npm).\n");
    }

    @Test
    void whoIsNotRootIsToldWhatToType() throws Exception {
        machineWithAllButTheBrowser();
        command("id", "echo 1000");
        command("apt-get", "echo called");

        assertThat(run("test").output())
                .isEqualTo("Not found: chromium, chromedriver. Type: sudo apt-get install chromium chromium-driver\n");
    }

    @Test
    void rootGetsItInstalled() throws Exception {
        machineWithAllButTheBrowser();
        command("id", "echo 0");
        command("apt-get", """
                echo "$*" >>"$0.log"
                [[ $1 == update ]] || for name in chromium chromedriver; do
                    printf '#!/bin/sh\\n' >"${0%/*}/$name" && chmod +x "${0%/*}/$name"
                done""");

        final Result result = run("test");

        assertThat(commands.resolve("apt-get.log"))
                .hasContent(
                        "update\ninstall --yes --no-install-recommends -o DPkg::Lock::Timeout=300 chromium chromium-driver");
        assertThat(result.output())
                .startsWith("Installing what is missing: apt-get install chromium chromium-driver ")
                .as("goes on to the next step")
                .contains("A JDK 17 or newer is needed, " + commands.resolve("java") + " is Java 11.");
    }

    @Test
    void rootIsToldWhyNothingCouldBeInstalled() throws Exception {
        machineWithAllButTheBrowser();
        command("id", "echo 0");
        command("apt-get", "echo 'E: Unable to locate package chromium' >&2; exit 100");

        final Result result = run("test");

        assertThat(result.output()).endsWith("""
                        That failed: E: Unable to locate package chromium
                        Check the network, then type: apt-get update; apt-get install chromium chromium-driver
                        """);
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void theBenchmarksWithPeersNameWhatPyTorchLacksBeforeTheyStart() throws Exception {
        final Path python = folder.resolve("bin/my-python");
        command("my-python", "echo refused it has neither OpenBLAS nor MKL");
        machineWithAllButTheBrowser();

        final Result result = run(Map.of("GRADIENTTAPE_PYTHON", python.toString()), "bench", "mlp", "--peers");

        assertThat(result.output())
                .startsWith("PyTorch in Python will not take part: it has neither OpenBLAS nor MKL\n");
    }

    @Test
    void theBenchmarkOfTheLearnerNeedsScikitLearn() throws Exception {
        final Path python = folder.resolve("bin/my-python");
        command("my-python", "echo refused it has no module sklearn");
        machineWithAllButTheBrowser();

        final Result result = run(Map.of("GRADIENTTAPE_PYTHON", python.toString()), "bench", "learner");

        assertThat(result.output())
                .isEqualTo("The learner is compared with scikit-learn's scores: it has no module sklearn\n");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void helpNamesEachBenchmarkAndCommand() throws Exception {
        final String help = run("help").output();

        assertThat(help).contains(" run a benchmark: " + String.join(", ", benchmarks()) + ";");
        try (Stream<Path> files = Files.list(ROOT.resolve(COMMANDS))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".sh")))
                    .contains("run.sh", "test.sh")
                    .allSatisfy(name -> assertThat(help)
                            .containsPattern("(?m)^  " + name.replace(".sh", "") + "( [^ ]| {3,}[a-z])"));
        }
    }

    @Test
    void helpNamesEachOptionOfTheRunner() throws Exception {
        final String help = run("help").output();
        final String usage = Files.readString(ROOT.resolve("host/runner/org/gradienttape/host/batch/Usage.java"));

        assertThat(OPTION.matcher(usage).results().map(found -> found.group(1)))
                .hasSizeGreaterThan(5)
                .allSatisfy(option -> assertThat(OPTION.matcher(help).results().map(found -> found.group(1)))
                        .contains(option));
    }

    @Test
    void anUnknownCommandIsAnsweredWithTheHelp() throws Exception {
        for (final String command : List.of("shared/build", "tset")) {
            final Result result = run(command);

            assertThat(result.output())
                    .isEqualTo(
                            "Unknown command: " + command + "\n" + run("help").output());
            assertThat(result.status()).isEqualTo(2);
        }
    }

    @Test
    void theTestsBeginWithShellCheckOfTheLauncher() throws Exception {
        machineWithAllButTheBrowser();
        for (final String browser : List.of("chromium", "chromedriver")) {
            command(browser, "exit 1");
        }
        command("shellcheck", "echo \"checked: $*\"; exit 1");

        assertThat(run("test").output())
                .startsWith("checked: --check-sourced gradienttape releng/commands/backend.sh ")
                .contains(" .ci/run\nShellCheck complains of the launcher's scripts, as above.\n")
                .as("goes on to the next step")
                .contains("A JDK 17 or newer is needed, ");
    }

    @Test
    void whereShellCheckIsNotThereTheTestsGoOn() throws Exception {
        machineWithAllButTheBrowser();
        for (final String browser : List.of("chromium", "chromedriver")) {
            command(browser, "exit 1");
        }
        Files.delete(commands.resolve("shellcheck"));

        assertThat(run("test").output())
                .startsWith("The launcher's scripts are not checked, since shellcheck is not installed.\n")
                .contains("A JDK 17 or newer is needed, ");
    }

    @Test
    void anUnknownBenchmarkIsAnsweredWithTheKnownOnes() throws Exception {
        final Result result = run("bench", "quickness");

        assertThat(result.output())
                .isEqualTo("Say which benchmark to run, one of: " + String.join(", ", benchmarks()) + "\n");
        assertThat(result.status()).isEqualTo(2);
    }

    @Test
    void withoutDebianTheTablesAreToldToBePutThereByHand() throws Exception {
        final Result result = run("data", "tables", "--to", datasetFolder());

        assertThat(result.output())
                .endsWith(
                        "The tables can be fetched with apt-get and dpkg-deb (Debian), which were not found. Put iris.csv,"
                                + " wine.csv, breast-cancer.csv and diabetes.csv into a folder tables of the dataset folder.\n");
        assertThat(result.status()).isEqualTo(1);
        assertThat(folder.resolve("datasets")).isEmptyDirectory();
    }

    @Test
    void aPackageThatCannotBeFetchedIsNamedWithTheReason() throws Exception {
        command("id", "echo 1000");
        command("dpkg-deb", "exit 1");
        command("apt-get", "echo \"E: Unable to locate package ${*: -1}\" >&2; exit 100");

        final Result result = run("data", "tables", "--to", datasetFolder());

        assertThat(result.output())
                .endsWith("apt-get could not fetch the package python3-sklearn: E: Unable to locate package"
                        + " python3-sklearn Check the network, run 'apt-get update' as root, and try again.\n");
        assertThat(folder.resolve("datasets")).isEmptyDirectory();
    }

    /** With the commands that fetching needs anywhere. */
    private String datasetFolder() throws IOException {
        for (final String name : List.of("mktemp", "rm")) {
            Files.createSymbolicLink(commands.resolve(name), Path.of("/usr/bin", name));
        }
        return folder.resolve("datasets").toString();
    }

    /** The programs of bench/. */
    private static List<String> benchmarks() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(BENCHMARKS))) {
            return files.filter(LauncherTest::isProgram)
                    .map(file -> file.getFileName().toString().replace("Benchmark.java", ""))
                    .map(name -> name.replaceAll("\\B[A-Z]", "-$0").toLowerCase(Locale.ROOT))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isProgram(final Path file) {
        try {
            return Files.readString(file).contains("public static void main(");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void machineWithAllButTheBrowser() throws IOException {
        command("java", "echo '    java.specification.version = 11' >&2");
        command("mvn", "exit 1");
        command("npm", "exit 1");
        command("shellcheck", "exit 0");
    }

    private void command(final String name, final String script) throws IOException {
        final Path file = commands.resolve(name);
        Files.deleteIfExists(file);
        Files.writeString(file, "#!/usr/bin/env bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Result(int status, String output) {}

    private Result run(final String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** What the launcher prints, on both streams; it has no HOME. */
    private Result run(final Map<String, String> environment, final String... arguments)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", commands.toString()));
        builder.environment().putAll(environment);
        final Process process = builder.start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
