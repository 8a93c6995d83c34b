package org.gradienttape.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.IfExists;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command train-on-spark. */
class TrainOnSparkTest {
    @TempDir
    private Path folder;

    private SmallRun small;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void writeModelAndSettings() throws Exception {
        small = SmallRun.get();
        ModelFile.write(small.job().model(), folder.resolve("start.gradienttape"), IfExists.FAIL);
        Files.writeString(folder.resolve("settings.json"), """
                {"config": {"epochs": 100, "batchSize": 32, "shuffleBuffer": 0, "seed": 3, "logEvery": 50, "stepLimit": 2000},
                 "update": {"optimizer": {"type": "Adam", "learningRate": 0.001, "beta1": 0.9, "beta2": 0.999,
                            "epsilon": 1e-7}}}
                """);
    }

    private boolean run(final String... more) throws IOException {
        final List<String> all = new ArrayList<>(List.of(
                "--model=" + folder.resolve("start.gradienttape"),
                "--training=" + small.data().folder(),
                "--validation=" + small.data().folder(),
                "--settings=" + folder.resolve("settings.json"),
                "--folder=" + folder.resolve("run"),
                "--output=" + folder.resolve("trained.gradienttape"),
                "--spark=" + SmallRun.spark("4.0").folder(),
                "--memory=512"));
        Stream.of(more).forEach(all::add);
        return TrainOnSpark.run(all, SmallRun.jars(), new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String file(final String name, final String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    /** The step in Java is the standard one, so the weights are those of two threads without Java code. */
    @Test
    void itTrainsWithAStepAndMetricsInJava() throws Exception {
        final String step = file("StandardStep.java", SmallRun.template("StandardStep"));
        final String metric = file("BalancedAccuracy.java", SmallRun.template("BalancedAccuracy"));

        assertThat(run("--step=" + step, "--metrics=" + metric)).isTrue();

        final Model trained = ModelFile.read(folder.resolve("trained.gradienttape"));
        for (final String name : small.expected().weights().names()) {
            assertThat(trained.weights().get(name))
                    .as(name)
                    .isEqualTo(small.expected().weights().get(name));
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("Training with 2 workers of Spark 4.0")
                .contains("Epoch 6: loss ")
                .contains("The trained model is " + folder.resolve("trained.gradienttape"));
    }

    @Test
    void javaCodeIsRefusedWhereThatIsWanted() throws Exception {
        final String step = file("StandardStep.java", SmallRun.template("StandardStep"));

        assertThatThrownBy(() -> run("--step=" + step, "--java=refuse"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Java code is refused by --java=refuse, but the options bring some; leave it out, or let it run"
                                + " by --java=run.");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--worker=2|The options are --model=, --training=, * but --worker=2 is none of them.",
                "workers=2|The options are --model=, --training=, * but workers=2 is none of them.",
                "--workers=two|The option --workers= needs a whole number, but it is two.",
                "--workers=0|The number of workers must be at least 1, but it is 0.",
                "--memory=100|The memory of a worker in MB must be at least 512, but it is 100.",
                "--java=maybe|The option --java= needs run or refuse, but it is maybe.",
                "--output=/nowhere/a.gradienttape|The trained model should go into the folder /nowhere, but there is no such"
                        + " folder; create it or choose another place.",
                "--output=/|The trained model should become the file /, but that is a folder; choose another name.",
                "--folder=|The option --folder= is needed, but it is empty.",
                "--settings=nothing.json|A file of settings was expected at *nothing.json, but it does not exist; choose a"
                        + " file.",
                "--step=a\0b|The option --step= needs a path of this machine, but it is *: Nul character not allowed; correct it,"
                        + " or start the program with the environment variable LC_ALL set to C.UTF-8.",
                "--step=nothing.java|A Java file of the step was expected at *nothing.java, but it does not exist; choose a"
                        + " file."
            })
    void whatDoesNotFitIsSaidBeforeAnythingStarts(final String option, final String sentence) {
        assertThatThrownBy(() -> run(option))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("\\Q" + sentence.replace("*", "\\E.*\\Q") + "\\E");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void anOptionThatIsMissingIsSaid() {
        assertThatThrownBy(() -> TrainOnSpark.run(List.of("--model=x"), SmallRun.jars(), System.out))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The option --training= is needed, but it is missing.");
    }
}
