package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A settings file may say of any text that it is null, as KNIME writes one that was never set. Each text of each node of the
 * example workflows is null once; loading them is refused in a sentence, unless the text is not in use in KNIME's own words:
 * that of a switch that is off, of a pattern, or of a node that was never configured.
 */
class NullSettingsTest {
    private static final Pattern FACTORY = Pattern.compile("key=\"factory\" type=\"xstring\" value=\"([^\"]*)\"");
    private static final Pattern TEXT = Pattern.compile("<(config) (?:xmlns[^>]* )?key=\"([^\"]*)\">|</(config)>"
            + "|<entry key=\"([^\"]*)\" type=\"xstring\" (?:isnull=\"true\" )?value=\"[^\"]*\"/>");

    private static final int LOAD_FAILED = 3;
    /** All is well, not loaded, or a node cannot be executed. */
    private static final Set<Integer> ENDS = Set.of(0, LOAD_FAILED, 4);

    @TempDir
    private Path folder;

    private final Set<String> tried = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    @Test
    void textsThatAreNullAreRefusedByName() throws IOException {
        for (final Path example : list(Folders.example("mnist-classifier").getParent())) {
            final Path workflow = folder.resolve(example.getFileName());
            Folders.copy(example, workflow);
            for (final Path node : list(workflow)) {
                if (Files.exists(node.resolve("settings.xml"))) {
                    tryEach(workflow, node.resolve("settings.xml"));
                }
            }
        }

        assertThat(faults).isEmpty();
        assertThat(refused).hasSizeGreaterThan(200);
    }

    private void tryEach(final Path workflow, final Path settings) throws IOException {
        final String text = Files.readString(settings);
        final Matcher factory = FACTORY.matcher(text);
        assertThat(factory.find()).isTrue();
        final Matcher matcher = TEXT.matcher(text);
        final List<String> path = new ArrayList<>();
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                path.add(matcher.group(2));
            } else if (matcher.group(3) != null) {
                path.remove(path.size() - 1);
            } else if (path.contains("model") && tried.add(key(factory.group(1), path, matcher.group(4)))) {
                Files.writeString(
                        settings,
                        text.substring(0, matcher.start()) + "<entry key=\"" + matcher.group(4)
                                + "\" type=\"xstring\" isnull=\"true\" value=\"\"/>" + text.substring(matcher.end()));
                run(workflow, key(factory.group(1), path, matcher.group(4)));
            }
        }
        Files.writeString(settings, text);
    }

    /** The elements of a list are alike. */
    private static String key(final String factory, final List<String> path, final String entry) {
        return factory + ": " + String.join("/", path).replaceAll("\\d+", "N") + "/" + entry;
    }

    private void run(final Path workflow, final String key) {
        final Headless.Result result = Headless.run(List.of("-workflowDir=" + workflow, "-noexecute"));
        if (result.exitCode() == LOAD_FAILED) {
            refused.add(key);
        }
        if (!ENDS.contains(result.exitCode()) || result.output().contains("Exception")) {
            faults.add(key + ": " + result.exitCode() + " " + result.output());
        }
    }

    private static List<Path> list(final Path parent) throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }
}
