package org.gradienttape.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java of the guide compiles as it stands there: each class, with those that the same page shows. */
class GuideCodeTest {
    private static final Path GUIDE = Path.of(System.getProperty("gradienttape.root"), "docs/guide");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("^public class (\\w+)", Pattern.MULTILINE);
    private static final String IMPORTS = Stream.of(
                    "java.util",
                    "org.gradienttape.layer",
                    "org.gradienttape.loss",
                    "org.gradienttape.metric",
                    "org.gradienttape.step",
                    "org.gradienttape.tensor")
            .map(name -> "import " + name + ".*;\n")
            .collect(Collectors.joining());

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(GUIDE)) {
            return files.filter(GuideCodeTest::hasClass).sorted().toList();
        }
    }

    private static boolean hasClass(final Path page) {
        try {
            return !classes(page).isEmpty();
        } catch (final IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void classesCompile(final Path page) throws IOException {
        final Map<String, String> classes = classes(page);

        assertThat(CodeCompiler.compile("step", IMPORTS + String.join("\n", classes.values())))
                .isNotNull();
    }

    /** By their names; what is shortened with an ellipsis is left out. */
    private static Map<String, String> classes(final Path page) throws IOException {
        final Map<String, String> classes = new LinkedHashMap<>();
        final Matcher blocks = BLOCK.matcher(Files.readString(page));
        while (blocks.find()) {
            final String code = blocks.group(1);
            final Matcher start = CLASS.matcher(code);
            if (start.find() && !code.contains("...")) {
                classes.put(start.group(1), code.substring(start.start()).replaceFirst("public class", "class"));
            }
        }
        return classes;
    }
}
