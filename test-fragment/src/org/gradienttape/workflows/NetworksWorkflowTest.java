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

/** A residual network learns digits, which are moved at random, and then clothes with a new head: some of the real images. */
class NetworksWorkflowTest {
    private static final List<String> FEW = List.of(
            "-option=1,limit_is_present,true,boolean",
            "-option=1,limit,600,int",
            "-option=1,lastSamples,200,int",
            "-option=5,limit_is_present,true,boolean",
            "-option=5,limit,600,int",
            "-option=5,lastSamples,200,int");

    @TempDir
    private Path folder;

    @Test
    void whatWasLearnedOfDigitsStaysAndANewHeadLearnsClothes() throws IOException {
        final List<String> arguments =
                new ArrayList<>(List.of(Folders.example("digits-to-clothes").toString()));
        arguments.addAll(FEW);
        arguments.add("-tablesDir=" + folder);

        final Result result = Headless.run(arguments);

        assertThat(result.output()).doesNotContain("Warning: ");
        assertThat(result.exitCode()).as(result.output()).isZero();
        final List<String> summary = Files.readAllLines(folder.resolve("Model Builder (#6)_2.csv"));
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

    private double loss(final String log, final int epoch) throws IOException {
        return Double.parseDouble(
                Files.readAllLines(folder.resolve(log)).get(epoch).split(",")[2]);
    }
}
