package org.gradienttape.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What documents and texts say about the project is so. */
class DocumentsTest {
    private static final Path ROOT = ClassFiles.ROOT;
    private static final int LONGEST_README = 120;

    /** A page of the guide in the description of a node. */
    private static final Pattern PAGE = Pattern.compile("<i>([\\w-]+\\.md)</i>");

    /** A test in a table, with or without its method. */
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");

    @Test
    void readmeIsShortAndKeepsNoNumberByHand() throws IOException {
        final List<String> readme = Files.readAllLines(ROOT.resolve("README.md"));

        assertThat(readme).hasSizeLessThanOrEqualTo(LONGEST_README);
        assertThat(String.join("\n", readme))
                .doesNotContainPattern("\\d+ (unit |workflow )?tests\\b")
                .doesNotContainPattern("tests passed: \\d")
                .contains("bench/results/README.md")
                .contains("@knime/ui-extension-service")
                .contains("NOTICE");
    }

    @Test
    void pagesThatNodesNameAreInTheGuide() throws IOException {
        final List<String> pages = PAGE.matcher(sources("nodes"))
                .results()
                .map(page -> page.group(1))
                .toList();

        assertThat(pages).isNotEmpty().allSatisfy(page -> assertThat(
                        ROOT.resolve("docs/guide").resolve(page))
                .exists());
    }

    /** Who uses the nodes inside KNIME has no launcher. */
    @Test
    void noSentenceOfTheNodesNamesTheLauncher() throws IOException {
        assertThat(sources("src") + sources("nodes")).isNotEmpty().doesNotContain("./gradienttape");
    }

    @Test
    void testsThatTheNodingGuidelinesNameAreThere() throws IOException {
        final List<MatchResult> named = NAMED_TEST
                .matcher(Files.readString(ROOT.resolve("docs/noding-guidelines.md")))
                .results()
                .toList();
        final String tests = sources("test-fragment") + sources("releng");

        assertThat(named).isNotEmpty();
        for (final MatchResult test : named) {
            assertThat(tests).containsPattern("class " + test.group(1) + "\\b");
            if (test.group(2) != null) {
                assertThat(tests).as(test.group()).containsPattern("void " + test.group(2) + "\\(");
            }
        }
    }

    private static String sources(final String folder) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(DocumentsTest::text)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String text(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
