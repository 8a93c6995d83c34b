package org.gradienttape.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** ARCHITECTURE.md is short, and its table of the engine's packages names each of them, with types that are there. */
class ArchitecturePageTest {
    private static final Path ROOT = Path.of(System.getProperty("gradienttape.root"));
    private static final Path ENGINE = ROOT.resolve("src/org/gradienttape");
    private static final int LINES_OF_A_PAGE = 90;
    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");

    private record Row(List<String> packages, List<String> types) {}

    @Test
    void theTableNamesEveryPackage() throws IOException {
        assertThat(rows().stream().flatMap(row -> row.packages().stream()))
                .containsExactlyInAnyOrderElementsOf(packages());
    }

    @Test
    void theTableStartsReadingAtTypesThatAreThere() throws IOException {
        for (final Row row : rows()) {
            assertThat(row.types()).as(row.packages().toString()).isNotEmpty().allSatisfy(type -> assertThat(
                            row.packages())
                    .anyMatch(name -> Files.exists(folder(name).resolve(type + ".java"))));
        }
    }

    @Test
    void thePageIsOnePage() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("ARCHITECTURE.md"))).hasSizeLessThanOrEqualTo(LINES_OF_A_PAGE);
    }

    @Test
    void everyPackageSaysWhatLivesThere() throws IOException {
        assertThat(packages()).allSatisfy(name -> assertThat(folder(name).resolve("package-info.java"))
                .content()
                .contains("/**")
                .contains("package org.gradienttape." + name + ";"));
    }

    private static Path folder(final String name) {
        return ENGINE.resolve(name.replace('.', '/'));
    }

    private static TreeSet<String> packages() throws IOException {
        try (Stream<Path> files = Files.walk(ENGINE)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> ENGINE.relativize(file.getParent()).toString().replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<Row> rows() throws IOException {
        final List<Row> rows = new ArrayList<>();
        for (final String line : Files.readString(ROOT.resolve("ARCHITECTURE.md"))
                .split("### Engine packages")[1]
                .split("\n## ")[0]
                .lines()
                .toList()) {
            final String[] cells = line.split("\\|");
            if (line.startsWith("| `")) {
                rows.add(new Row(names(cells[1]), names(cells[3])));
            }
        }
        return rows;
    }

    private static List<String> names(final String cell) {
        return NAME.matcher(cell).results().map(found -> found.group(1)).toList();
    }
}
