package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gradienttape.workflows.Headless.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example workflows with Java code in a trainer, on the real digits, cut down to a few steps. */
class CustomStepWorkflowTest {
    private static final String CUSTOM = "custom-step";
    private static final String WASSERSTEIN = "wasserstein-gan";
    private static final String LAYER = "custom-layer";
    private static final String AUTOENCODER = "mnist-vae";
    private static final String EAGER_LINE = "the rest of the run is computed operation by operation";
    private static final List<String> SHORT = List.of(
            "-option=1,limit,1152,int",
            "-option=1,limit_is_present,true,boolean",
            "-option=1,lastSamples,128,int",
            "-option=3,epochs,1,int",
            "-option=3,logEvery,4,int");
    private static final List<String> SHORT_GAN = List.of(
            "-option=4,stepLimit,3,int",
            "-option=4,batchSize,8,int",
            "-option=4,logEvery,1,int",
            "-option=4,imageEvery,2,int",
            "-option=4,fixedImages,2,int");

    @TempDir
    private Path folder;

    @Test
    void aStepOfItsOwnRunsAndReportsItsColumns() throws IOException {
        final Map<String, String> before = Folders.content(Folders.example(CUSTOM));

        final Result result = run(CUSTOM, SHORT);

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).doesNotContain("Warning: ");
        assertThat(Folders.content(Folders.example(CUSTOM))).isEqualTo(before);
        final List<String[]> steps = csv("GradientTape Trainer (#3)_2.csv");
        assertThat(steps.get(0))
                .containsExactly(
                        "Epoch", "Step", "Samples seen", "Loss", "Accuracy", "Weight decay loss", "Gradient norm");
        assertThat(steps.stream().skip(1).map(row -> row[1])).containsExactly("0", "4", "8", "12", "16");
        assertThat(steps.stream().skip(1)).allSatisfy(row -> {
            // two Glorot-uniform kernels of 784 x 64 and 64 x 64 and one of 64 x 10 have a squared norm near 2 x 64
            assertThat(Double.parseDouble(row[5])).isBetween(0.005, 0.05);
            assertThat(Double.parseDouble(row[6])).isPositive();
        });
        assertThat(csv("Metric Tracker (#4)_1.csv").stream().map(row -> row[1])).contains("Weight decay loss");
    }

    /** The trainer says it in its log if a run is not compiled to its end, as the second one, whose steps all differ. */
    @Test
    void theStepOfTheExampleIsCompiled() throws IOException {
        final String differs = """
                import org.gradienttape.layer.*;
                import org.gradienttape.step.*;
                import org.gradienttape.tensor.*;

                public class Mine implements CustomStep {
                    private int step;

                    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
                        Tensor sum = run.zeros();
                        step++;
                        for (int i = 0; i < step; i++) {
                            sum = sum.add(x.mean());
                        }
                        return run.loss().call(y, run.model().call(x, Mode.TRAINING)).add(sum);
                    }
                }
                """;

        final Result example = run(CUSTOM, SHORT, "-option=3,showCode,true,boolean");
        final String code = Files.readString(folder.resolve("GradientTape Trainer (#3)_1_Compiled code.txt"));
        final Result eager =
                run(CUSTOM, SHORT, "-option=3,batchSize,16,int", "-option=3,ownStep/code," + differs + ",String");

        assertThat(example.exitCode()).as(example.output()).isZero();
        assertThat(eager.exitCode()).as(eager.output()).isZero();
        assertThat(example.output()).doesNotContain(EAGER_LINE);
        assertThat(code).startsWith("class Step(Module):").contains("line 20 of the step");
        assertThat(eager.output()).contains(EAGER_LINE);
    }

    @Test
    void aTemplateIsChosenByItsName() throws IOException {
        final Result result = run(CUSTOM, SHORT, "-option=3,ownStep/template,CLIP_GRADIENTS,String");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(csv("GradientTape Trainer (#3)_2.csv").get(0)).endsWith("Accuracy", "Gradient norm");
    }

    /** As the shell hands over a file: in one argument, with line breaks and commas. */
    @Test
    void aFileIsHandedOverAsAnOption() throws IOException {
        final String code = """
                import org.gradienttape.layer.*;
                import org.gradienttape.step.*;
                import org.gradienttape.tensor.*;

                public class Mine implements CustomStep {
                    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
                        run.report("Mean, of the pixels", x.mean());
                        return run.loss().call(y, run.model().call(x, Mode.INFERENCE));
                    }
                }
                """;

        final Result result = run(CUSTOM, SHORT, "-option=3,ownStep/code," + code + ",String");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(Files.readString(folder.resolve("GradientTape Trainer (#3)_2.csv")))
                .startsWith("Epoch,Step,Samples seen,Loss,Accuracy,\"Mean, of the pixels\"");
    }

    /** Rows of steps 0, 4, 8, 12 and 16 are logged; those of 4 and 12 hold no finite number. The tracker says so. */
    @Test
    void rowsThatHoldNoNumberAreCountedByTheTracker() throws IOException {
        final String code = """
                import org.gradienttape.layer.*;
                import org.gradienttape.step.*;
                import org.gradienttape.tensor.*;

                public class Mine implements CustomStep {
                    private int step;

                    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
                        run.report("Odd loss", step++ % 8 == 4 ? Double.POSITIVE_INFINITY : 0.5);
                        return run.loss().call(y, run.model().call(x, Mode.INFERENCE));
                    }
                }
                """;

        final Result result = run(CUSTOM, SHORT, "-option=3,ownStep/code," + code + ",String");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(csv("GradientTape Trainer (#3)_2.csv").stream().skip(1).map(row -> row[5]))
                .containsExactly("0.5", "Infinity", "0.5", "Infinity", "0.5");
        assertThat(result.output())
                .contains(
                        "Warning: Metric Tracker (#4): In Run 1, NaN or an infinite number stands in 2 rows of Odd loss;"
                                + " what the table says is about the other rows alone.");
        final String[] summary = csv("Metric Tracker (#4)_1.csv").stream()
                .filter(row -> row[1].equals("Odd loss"))
                .findFirst()
                .orElseThrow();
        assertThat(summary).startsWith("Run 1", "Odd loss", "").contains("3", "0.5");
    }

    /** The code is not looked at before the node is executed: the workflow loads, and the nodes before it run. */
    @Test
    void codeThatDoesNotCompileFailsTheNodeWhenItIsExecuted() {
        final Result result = run(CUSTOM, SHORT, "-option=3,ownStep/code,public class Mine {\n  nothing\n},String");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.output())
                .contains("The step's Java code does not compile: line 2, column 3: ")
                .contains("in \"nothing\"");
        assertThat(folder.resolve("Model Builder (#2)_2.csv")).exists();
    }

    @Test
    void theWassersteinGanRunsWithAGradientOfAGradient() throws IOException {
        final Map<String, String> before = Folders.content(Folders.example(WASSERSTEIN));

        final Result result = run(WASSERSTEIN, SHORT_GAN);

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).doesNotContain("Warning: ");
        assertThat(Folders.content(Folders.example(WASSERSTEIN))).isEqualTo(before);
        final List<String[]> steps = csv("GAN Trainer (#4)_3.csv");
        assertThat(steps.get(0))
                .containsExactly(
                        "Epoch",
                        "Step",
                        "Discriminator loss",
                        "Generator loss",
                        "Wasserstein distance",
                        "Gradient penalty");
        assertThat(steps).hasSize(4);
        // an untrained critic hardly depends on its input: its gradient is near 0, so the penalty (0 - 1)^2 near 1
        assertThat(Double.parseDouble(steps.get(1)[5])).isBetween(0.5, 1.1);
        assertThat(folder.resolve("contact_sheet.png")).exists();
    }

    /** Layer, loss and metric in Java; the first loss is that of a network that knows nothing, and a penalty. */
    @Test
    void aLayerALossAndAMetricOfOnesOwnRun() throws IOException {
        final Map<String, String> before = Folders.content(Folders.example(LAYER));

        final Result result = run(LAYER, SHORT);

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).doesNotContain("Warning: ");
        assertThat(Folders.content(Folders.example(LAYER))).isEqualTo(before);
        assertThat(csv("Model Builder (#2)_2.csv").stream().map(row -> row[0] + " " + row[1]))
                .containsExactly(
                        "Layer Type",
                        "dense Dense",
                        "activity_regularization_layer ActivityRegularizationLayer (Java code)",
                        "dense_1 Dense",
                        "dense_2 Dense");
        final List<String[]> steps = csv("GradientTape Trainer (#3)_2.csv");
        assertThat(steps.get(0))
                .containsExactly("Epoch", "Step", "Samples seen", "Loss", "Accuracy", "Balanced accuracy");
        assertThat(steps).hasSize(6);
        assertThat(csv("Metric Tracker (#4)_1.csv").stream().map(row -> row[1])).contains("Balanced accuracy");
        assertThat(Files.readString(folder.resolve("GradientTape Trainer (#3)_1.txt")))
                .contains("with Java code");
    }

    /** The penalty is small beside the loss: one that outweighs it leaves a network that gives all digits one class, 0.11. */
    @Test
    void theExampleOfLayersOfOnesOwnLearns() throws IOException {
        final Result result = run(LAYER, List.of());

        assertThat(result.exitCode()).as(result.output()).isZero();
        final List<String[]> epochs = csv("GradientTape Trainer (#3)_3.csv");
        assertThat(epochs.get(0)[6]).isEqualTo("Validation accuracy");
        assertThat(Double.parseDouble(epochs.get(2)[6])).isGreaterThan(0.85);
    }

    /** 784 x 256 + 256, 256 x 32 + 32; the sampling layer makes 16 of 32. */
    @Test
    void theVariationalAutoencoderDrawsDigits() throws IOException {
        final Map<String, String> before = Folders.content(Folders.example(AUTOENCODER));

        final Result result = run(
                AUTOENCODER,
                List.of(
                        "-option=4,stepLimit_is_present,true,boolean",
                        "-option=4,stepLimit,60,int",
                        "-option=4,logEvery,1,int",
                        "-option=4,imageEvery,30,int",
                        "-option=4,fixedImages,2,int"));

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).doesNotContain("Warning: ");
        assertThat(Folders.content(Folders.example(AUTOENCODER))).isEqualTo(before);
        assertThat(csv("Model Builder (#3)_2.csv").stream().map(row -> String.join(" ", row)))
                .contains("dense_1 Dense 32 8224 dense true", "sampling Sampling (Java code) 16 0 dense_1 false");
        final List<String[]> steps = csv("GAN Trainer (#4)_3.csv");
        assertThat(steps.get(0)).containsExactly("Epoch", "Step", "Discriminator loss", "Generator loss", "Loss");
        assertThat(steps).hasSize(61);
        // grey images, before anything is learned: 784 times the logarithm of 2
        assertThat(Double.parseDouble(steps.get(1)[3])).isBetween(500.0, 560.0);
        assertThat(Double.parseDouble(steps.get(60)[3])).isLessThan(260);
        assertThat(steps.stream().skip(1)).allSatisfy(row -> {
            assertThat(Double.parseDouble(row[2])).isPositive();
            assertThat(Double.parseDouble(row[2]) + Double.parseDouble(row[3]))
                    .isCloseTo(Double.parseDouble(row[4]), org.assertj.core.api.Assertions.within(1e-2));
        });
        assertThat(folder.resolve("contact_sheet.png")).exists();
    }

    private Result run(final String name, final List<String> options, final String... more) {
        final List<String> arguments =
                new ArrayList<>(List.of(Folders.example(name).toString(), "-tablesDir=" + folder));
        arguments.addAll(options);
        arguments.addAll(List.of(more));
        return Headless.run(arguments);
    }

    private List<String[]> csv(final String name) throws IOException {
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(line -> line.split(","))
                .toList();
    }
}
