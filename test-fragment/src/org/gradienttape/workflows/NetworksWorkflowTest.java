package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.workflows.Headless.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Residual networks that are ready to use, drawn, and given a new head, on some of the real images. */
class NetworksWorkflowTest {
    @TempDir
    private Path folder;

    @Test
    void whatWasLearnedOfDigitsStaysAndANewHeadLearnsClothes() throws IOException {
        final List<String> summary = run("digits-to-clothes", "Model Builder (#6)_2.csv");

        assertThat(summary.get(1))
                .startsWith("random_translation,RandomTranslation")
                .endsWith("input,false");
        assertThat(summary)
                .filteredOn(line -> line.startsWith("add,"))
                .singleElement()
                .asString()
                .contains("re_lu");
        assertThat(summary.stream().filter(line -> line.endsWith(",true")).toList())
                .singleElement()
                .asString()
                .startsWith("dense,Dense,10,650,dropout");
        assertThat(loss("GradientTape Trainer (#7)_3.csv", 2)).isLessThan(loss("GradientTape Trainer (#7)_3.csv", 1));
    }

    @Test
    void aNetworkIsDrawnWithABranchAndAJoin() throws IOException {
        final List<String> summary = run("drawn-residual-network", "Model Builder (#8)_2.csv");

        assertThat(summary)
                .containsExactly(
                        "Layer,Type,Output shape,Parameters,Connected to,Trainable",
                        "random_flip,RandomFlip,28 x 28 x 1,0,input,false",
                        "conv2d,Conv2D,14 x 14 x 16,160,random_flip,true",
                        "conv2d_1,Conv2D,14 x 14 x 16,2320,conv2d,true",
                        "conv2d_2,Conv2D,14 x 14 x 16,2320,conv2d_1,true",
                        "add,Add,14 x 14 x 16,0,\"conv2d_2, conv2d\",false",
                        "re_lu,ReLU,14 x 14 x 16,0,add,false",
                        "flatten,Flatten,3136,0,re_lu,false",
                        "dense,Dense,10,31370,flatten,true");
        assertThat(loss("GradientTape Trainer (#9)_3.csv", 2)).isLessThan(loss("GradientTape Trainer (#9)_3.csv", 1));
    }

    /** The lines of a table that the workflow makes, of few images, without a word of doubt. */
    private List<String> run(final String workflow, final String table) throws IOException {
        final Path example = Folders.example(workflow);
        final List<String> arguments = new ArrayList<>(List.of(example.toString(), "-tablesDir=" + folder));
        for (final int reader : new int[] {1, 5}) {
            if (Files.exists(example.resolve("Dataset Reader (#" + reader + ")"))) {
                arguments.add("-option=" + reader + ",limit_is_present,true,boolean");
                arguments.add("-option=" + reader + ",limit,600,int");
                arguments.add("-option=" + reader + ",lastSamples,200,int");
            }
        }

        final Result result = Headless.run(arguments);

        assertThat(result.output()).doesNotContain("Warning: ");
        assertThat(result.exitCode()).as(result.output()).isZero();
        return Files.readAllLines(folder.resolve(table));
    }

    private double loss(final String log, final int epoch) throws IOException {
        return Double.parseDouble(
                Files.readAllLines(folder.resolve(log)).get(epoch).split(",")[2]);
    }
}
