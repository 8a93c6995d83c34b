package org.gradienttape.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How many files of engine and nodes name a kind of layer or optimizer, in code or in what a dialog says: at most three, so that
 * another one costs no more. Comments and presets, which use layers, are not counted.
 */
class KindsTest {
    private static final String NODES = "nodes/org/gradienttape/nodes/";
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
    private static final Set<String> PRESETS =
            Set.of("src/org/gradienttape/layer/Presets.java", NODES + "modelbuilder/ModelBuilderNodeParameters.java");

    @Test
    void aLayerIsNamedWhereItIsDescribedAndWhereItIsChosenAndSet() throws IOException {
        assertThat(files("LeakyReLU|NEGATIVE_SLOPE|negativeSlope"))
                .containsExactlyInAnyOrder(
                        "src/org/gradienttape/layer/ActivationLayer.java",
                        NODES + "modelbuilder/LayerType.java",
                        NODES + "modelbuilder/LayerParameters.java");
    }

    @Test
    void anOptimizerIsNamedWhereItIsDescribedAndComputedAndWhereItIsChosen() throws IOException {
        for (final String kind : List.of("Adagrad", "RmsProp", "AdamW", "Nadam")) {
            assertThat(files("(?i)" + kind))
                    .containsExactlyInAnyOrder(
                            "src/org/gradienttape/optimizer/OptimizerConfig.java",
                            "src/org/gradienttape/optimizer/" + kind + "Rule.java",
                            NODES + "training/OptimizerParameters.java");
        }
    }

    /** Those in whose text, without comments, the expression is found. */
    private static List<String> files(final String expression) throws IOException {
        final Pattern kind = Pattern.compile(expression);
        try (Stream<Path> engine = Files.walk(ClassFiles.ROOT.resolve("src"));
                Stream<Path> nodes = Files.walk(ClassFiles.ROOT.resolve("nodes"))) {
            return Stream.concat(engine, nodes)
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> kind.matcher(text(file)).find())
                    .map(file -> ClassFiles.ROOT.relativize(file).toString())
                    .filter(file -> !PRESETS.contains(file))
                    .toList();
        }
    }

    private static String text(final Path file) {
        try {
            return COMMENT.matcher(Files.readString(file)).replaceAll("");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
