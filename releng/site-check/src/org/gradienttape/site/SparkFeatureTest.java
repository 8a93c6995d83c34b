package org.gradienttape.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installs GradientTape on Spark to the nodes, and runs the example workflow on two workers of a real Spark. */
class SparkFeatureTest {
    private static final String JARS = "org.gradienttape.spark.jars";
    private static final String TRAINER = "GradientTape Trainer (Spark) (#3)";

    /** Few samples, one epoch. */
    private static final List<String> SHORT = List.of(
            "-option=1,limit_is_present,true,boolean",
            "-option=1,limit,640,int",
            "-option=3,epochs,1,int",
            "-option=3,logEvery,1,int");

    private static final Map<String, String> SPARK = Map.of(
            "SPARK_HOME", Checkout.ROOT.resolve("releng/spark-4.0/target").toString());

    @TempDir
    private static Path folder;

    private static Path product;
    private static Director director;
    private static String without;
    private static Installation installed;
    private static String run;

    @BeforeAll
    static void installAndRun() throws IOException, InterruptedException {
        product = folder.resolve("product");
        Checkout.copy(Checkout.HEADLESS_PRODUCT, product);
        director = new Director(product);
        install(Director.FEATURE);
        without = director.fails("org.gradienttape.headless", SPARK, workflow("mnist-on-spark", "none"));
        install(Director.ON_SPARK);
        installed = Installation.read(product);
        run = director.start("org.gradienttape.headless", SPARK, workflow("mnist-on-spark", "spark"));
    }

    private static void install(final String feature) throws IOException, InterruptedException {
        director.run(product, "-repository", Director.repositories(Checkout.UPDATE_SITE), "-installIU", feature);
    }

    private static List<String> workflow(final String name, final String tables) {
        final List<String> arguments = new ArrayList<>(List.of(
                Checkout.ROOT.resolve("workflows").resolve(name).toString(), "-tablesDir=" + folder.resolve(tables)));
        arguments.addAll(SHORT);
        return arguments;
    }

    @Test
    void theNodesAreInstalledWithoutItAndSayWhatIsMissing() {
        assertThat(without)
                .contains("The node needs GradientTape on Spark, which is not installed; install it from the update"
                        + " site of the nodes.");
    }

    @Test
    void itIsOfTheBuildOfTheNodes() {
        assertThat(installed.ours()).containsKeys("org.gradienttape", JARS);
        assertThat(installed.ours().get(JARS)).isEqualTo(installed.ours().get("org.gradienttape"));
    }

    /** The losses of the trainer on one machine, to a relative 1e-5, in the same tables. */
    @Test
    void twoWorkersOfSparkMakeTheTablesOfOneMachine() throws IOException, InterruptedException {
        director.start("org.gradienttape.headless", Map.of(), workflow("mnist-classifier", "alone"));

        final List<String[]> shared = csv("spark/" + TRAINER + "_2.csv");
        final List<String[]> alone = csv("alone/GradientTape Trainer (#3)_2.csv");
        assertThat(shared).hasSameSizeAs(alone).hasSizeGreaterThan(5);
        assertThat(shared.get(0)).isEqualTo(alone.get(0));
        for (int row = 1; row < shared.size(); row++) {
            final double loss = Double.parseDouble(alone.get(row)[3]);
            assertThat(Double.parseDouble(shared.get(row)[3]))
                    .as("loss of row " + row)
                    .isCloseTo(loss, within(1e-5 * loss));
        }
        final List<String> columns = List.of(csv("spark/" + TRAINER + "_3.csv").get(0));
        assertThat(columns)
                .startsWith(csv("alone/GradientTape Trainer (#3)_3.csv").get(0))
                .endsWith("Resumed");
        assertThat(run).contains("Start of epoch 0", "Validation acc:");
    }

    private static List<String[]> csv(final String name) throws IOException {
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(line -> Arrays.stream(line.split(",")).toArray(String[]::new))
                .toList();
    }
}
