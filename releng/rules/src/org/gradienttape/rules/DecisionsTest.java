package org.gradienttape.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/decisions: numbered from 1 without a gap, each listed by its title. */
class DecisionsTest {
    private static final Path FOLDER = ClassFiles.ROOT.resolve("docs/decisions");

    @Test
    void theListNamesEveryDecisionInOrder() throws IOException {
        final List<String> expected = new ArrayList<>();
        for (final Path file : decisions()) {
            final int number = expected.size() + 1;
            assertThat(file.getFileName().toString()).startsWith("%04d-".formatted(number));
            expected.add("%d. [%s](%s)".formatted(number, title(file), file.getFileName()));
        }

        final List<String> listed = Files.readAllLines(FOLDER.resolve("README.md")).stream()
                .filter(line -> line.matches("\\d+\\. .*"))
                .toList();

        assertThat(listed).isNotEmpty().isEqualTo(expected);
    }

    private static List<Path> decisions() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d.*"))
                    .sorted()
                    .toList();
        }
    }

    private static String title(final Path file) throws IOException {
        return Files.readAllLines(file).get(0).replaceFirst("^# ", "");
    }
}
