package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gradienttape.nodes.RegisteredNodes;
import org.gradienttape.workflows.Headless.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README and guide tell people to type works, and the sentences they quote are ours. */
class GuideTest {
    private static final Path ROOT = Path.of(System.getProperty("gradienttape.root"));
    private static final Path GUIDE = ROOT.resolve("docs/guide");
    private static final String LAUNCHER = "./gradienttape ";
    private static final String RUN = LAUNCHER + "run ";

    /** A fenced block: its language and its lines. */
    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);

    /** A file whose text the shell puts into the command. */
    private static final Pattern FILE = Pattern.compile("\"\\$\\(cat ([^)]+)\\)\"");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    /** Makes a run short; the guide's own options follow and win. */
    private static final List<String> FEW_SAMPLES =
            List.of("-option=1,limit_is_present,true,boolean", "-option=1,limit,320,int");

    private static final List<String> FEW_STEPS =
            List.of("-option=4,stepLimit_is_present,true,boolean", "-option=4,stepLimit,2,int");

    @TempDir
    private Path folder;

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(GUIDE)) {
            return Stream.concat(
                            files,
                            Stream.of("README.md", "bench/results/README.md").map(ROOT::resolve))
                    .sorted()
                    .toList();
        }
    }

    /** The runs of each block, which may build on one another. */
    static List<List<String>> runs() throws IOException {
        return blocks().stream()
                .map(block -> block.stream()
                        .filter(command -> command.startsWith(RUN))
                        .toList())
                .filter(block -> !block.isEmpty())
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void whatIsRunWorks(final List<String> commands) throws IOException {
        for (final String command : commands) {
            final Result result = Headless.run(quick(command));

            assertThat(result.exitCode()).as(command + "\n" + result.output()).isZero();
        }
    }

    /** The same run on fewer samples, writing into the test's folder. */
    private List<String> quick(final String command) throws IOException {
        final List<String> words = new ArrayList<>(Arrays.asList(command.substring(RUN.length())
                .replace("/tmp", folder.toString())
                .replaceAll(FILE.pattern(), "<$1>")
                .split(" +")));
        for (int i = 0; i < words.size(); i++) {
            words.set(i, withFile(words.get(i)));
        }
        final Path workflow = ROOT.resolve(words.remove(0));
        final List<String> arguments = new ArrayList<>(List.of(workflow.toString()));
        arguments.addAll(FEW_SAMPLES);
        arguments.addAll(Tables.options(workflow));
        if (command.contains("-gan") || command.contains("dcgan")) {
            words.removeIf(word -> word.startsWith("-option=4,stepLimit,"));
            arguments.addAll(FEW_STEPS);
        }
        if (words.stream().noneMatch(word -> word.startsWith("-tablesDir"))) {
            arguments.add("-tablesDir=" + folder.resolve("tables"));
        }
        arguments.addAll(words);
        return arguments;
    }

    /** The word with the text of the file in angle brackets, if there is one. */
    private static String withFile(final String word) throws IOException {
        final int from = word.indexOf('<');
        final int to = word.indexOf('>');
        return from < 0
                ? word
                : word.substring(0, from)
                        + Files.readString(ROOT.resolve(word.substring(from + 1, to)))
                        + word.substring(to + 1);
    }

    /** The suite itself is one of them, and building within the suite would wait for the suite to end. */
    @Test
    void everyOtherCommandIsOneOfTheLauncher() throws IOException {
        for (final String command : commands()) {
            final String[] words = command.substring(LAUNCHER.length()).split(" +");
            final Path file = ROOT.resolve("releng/commands/" + words[0] + ".sh");
            assertThat(file).as(command).exists();
            if (words.length > 1 && words[1].startsWith("--")) {
                assertThat(file).as(command).content().contains(words[1]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(final Path page) throws IOException {
        final Matcher links = LINK.matcher(Files.readString(page));

        while (links.find()) {
            assertThat(page.resolveSibling(links.group(1)).normalize()).exists();
        }
    }

    /** An ellipsis stands for what varies; everything between must stand in the sources as it is quoted. */
    @Test
    void theSentencesOfTroubleshootingAreOurs() throws IOException {
        final String sources = sources();
        final List<String> quoted = Files.readAllLines(GUIDE.resolve("troubleshooting.md")).stream()
                .filter(line -> line.startsWith("> "))
                .map(line -> line.substring(2))
                .toList();

        assertThat(quoted).hasSizeGreaterThanOrEqualTo(15);
        for (final String sentence : quoted) {
            assertThat(sentence.split("…")).as(sentence).allSatisfy(part -> assertThat(sources)
                    .contains(part.strip()));
        }
    }

    /** Whoever reads on at the foot of each page has read the whole guide, in the order of its list. */
    @Test
    void everyPageLeadsToTheNextOne() throws IOException {
        final List<String> listed = LINK.matcher(Files.readString(GUIDE.resolve("README.md")))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains("/"))
                .toList();

        try (Stream<Path> files = Files.list(GUIDE)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
        for (int i = 0; i + 1 < listed.size(); i++) {
            assertThat(Files.readString(GUIDE.resolve(listed.get(i))).stripTrailing())
                    .endsWith("](" + listed.get(i + 1) + ")");
        }
    }

    /** Every node is in an example workflow, and each of these is run by a test. */
    @Test
    void everyNodeIsInAWorkflowThatIsTested() throws IOException {
        final String settings = Folders.content(ROOT.resolve("workflows")).entrySet().stream()
                .filter(file -> file.getKey().endsWith("settings.xml"))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining());
        final StringBuilder tests = new StringBuilder();
        // what needs an installation, or Spark, is tested where there is one
        for (final String folder : List.of("test-fragment/src/org/gradienttape/workflows", "releng/site-check/src")) {
            Folders.content(ROOT.resolve(folder)).values().forEach(tests::append);
        }

        assertThat(RegisteredNodes.factories()).allSatisfy(node -> assertThat(settings)
                .contains(node.getClass().getName()));
        try (Stream<Path> workflows = Files.list(ROOT.resolve("workflows"))) {
            assertThat(workflows.map(folder -> folder.getFileName().toString()))
                    .allSatisfy(workflow -> assertThat(tests).contains('"' + workflow + '"'));
        }
    }

    private static List<String> commands() throws IOException {
        return blocks().stream().flatMap(List::stream).toList();
    }

    private static List<List<String>> blocks() throws IOException {
        final List<List<String>> all = new ArrayList<>();
        for (final Path page : pages()) {
            final Matcher blocks = BLOCK.matcher(Files.readString(page).replaceAll("\\\\\n *", ""));
            while (blocks.find()) {
                if (!blocks.group(1).equals("text")) {
                    all.add(blocks.group(2)
                            .lines()
                            .filter(line -> line.contains(LAUNCHER))
                            .map(line -> line.substring(line.indexOf(LAUNCHER)).strip())
                            .toList());
                }
            }
        }
        assertThat(all).hasSizeGreaterThanOrEqualTo(12);
        return all;
    }

    /** The Java sources with their texts joined. */
    private static String sources() throws IOException {
        final List<Path> files = new ArrayList<>();
        for (final String part : List.of("src", "nodes", "host/api/org/gradienttape", "host/runner")) {
            try (Stream<Path> tree = Files.walk(ROOT.resolve(part))) {
                files.addAll(
                        tree.filter(file -> file.toString().endsWith(".java")).toList());
            }
        }
        final StringBuilder text = new StringBuilder();
        for (final Path file : files) {
            text.append(Files.readString(file));
        }
        return text.toString()
                .replaceAll("\"\\s*\\+\\s*\"", "")
                .replace("\\\"", "\"")
                .lines()
                .collect(Collectors.joining("\n"));
    }
}
