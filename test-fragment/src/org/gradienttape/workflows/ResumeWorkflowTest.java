package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.model.ModelFile;
import org.gradienttape.workflows.Headless.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole workflows whose trainers keep their run: ended or killed, they leave what undisturbed ones leave. */
class ResumeWorkflowTest {
    /** How often each workflow is killed; {@code -Dgradienttape.workflowKills=30} kills more often. */
    private static final int KILLS = Integer.getInteger("gradienttape.workflowKills", 1);

    private static final List<String> SWITCH = List.of("-option=3,runState/enabled,true,boolean");

    @TempDir
    private Path folder;

    /** Workflows and options; a checkpoint every 50 steps, of the slow DCGAN every 2. */
    enum Kind {
        CLASSIFIER("mnist-classifier", 3, List.of("-option=1,limit,3200,int", "-option=3,epochs,30,int"), 50),
        OWN_STEP("custom-step", 3, List.of("-option=1,limit,3200,int", "-option=3,epochs,15,int"), 50),
        GAN("mnist-dcgan", 4, List.of("-option=1,limit,320,int", "-option=4,stepLimit,8,int"), 2);

        private final String workflow;
        private final int trainer;
        private final List<String> options;
        private final int every;

        Kind(final String workflow, final int trainer, final List<String> options, final int every) {
            this.workflow = workflow;
            this.trainer = trainer;
            this.options = options;
            this.every = every;
        }

        List<String> arguments(final Path copy, final Path tables) {
            final List<String> arguments = new ArrayList<>(List.of(copy.toString(), "-tablesDir=" + tables));
            arguments.add("-option=1,limit_is_present,true,boolean");
            if (this == GAN) {
                arguments.add("-option=4,stepLimit_is_present,true,boolean");
            }
            arguments.addAll(options);
            arguments.add("-option=" + trainer + ",runState/enabled,true,boolean");
            arguments.add("-option=" + trainer + ",runState/every," + every + ",int");
            return arguments;
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aKilledWorkflowEndsLikeAnUndisturbedOne(final Kind kind) throws Exception {
        final Result undisturbed = Headless.run(kind.arguments(copy(kind.workflow, "whole"), tables("expected")));
        assertThat(undisturbed.exitCode()).as(undisturbed.output()).isZero();
        final SplittableRandom random = new SplittableRandom(7);
        final Path killed = copy(kind.workflow, "killed");

        for (int kill = 0; kill < KILLS; kill++) {
            final Process process = Headless.start(
                    Files.createDirectory(folder.resolve("kill" + kill)), kind.arguments(killed, tables("t" + kill)));
            while (process.isAlive() && checkpoints(killed).isEmpty()) {
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
            process.waitFor(random.nextLong(1000), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            for (final Path file : checkpoints(killed)) {
                ModelFile.readRun(file);
            }
        }
        final Result rerun = Headless.run(kind.arguments(killed, tables("found")));

        assertThat(rerun.exitCode()).as(rerun.output()).isZero();
        assertThat(rerun.output()).contains("resumed at epoch ");
        assertThat(content(folder.resolve("found"))).isEqualTo(content(folder.resolve("expected")));
    }

    /** Nothing has to be set but the switch; more epochs than before go on, and the epoch log says where. */
    @Test
    void oneAndOneEpochAreTwo() throws IOException {
        final Path workflow = copy("mnist-classifier", "workflow");

        final Result two = Headless.run(with(copy("mnist-classifier", "whole"), "expected", 2, SWITCH));
        final Result one = Headless.run(with(workflow, "one", 1, SWITCH));
        final Result goesOn = Headless.run(with(workflow, "found", 2, SWITCH));

        assertThat(List.of(two.exitCode(), one.exitCode(), goesOn.exitCode()))
                .as(goesOn.output())
                .containsOnly(0);
        assertThat(checkpoints(workflow)).hasSize(2).allSatisfy(file -> assertThat(
                        workflow.relativize(file).startsWith("data/checkpoints/GradientTape Trainer (#3)"))
                .isTrue());
        assertThat(content(folder.resolve("found"))).isEqualTo(content(folder.resolve("expected")));
        assertThat(goesOn.output()).contains("resumed at epoch 1, step 0");
        final List<String> epochs = Files.readAllLines(folder.resolve("found/GradientTape Trainer (#3)_3.csv"));
        assertThat(epochs.get(0)).endsWith(",Seconds,Resumed");
        assertThat(epochs.get(1)).endsWith(",");
        assertThat(epochs.get(2)).endsWith(",\"resumed at epoch 1, step 0\"");
    }

    @Test
    void aCheckpointOfAnotherRunIsRefusedInOneSentence() throws IOException {
        final Path workflow = copy("mnist-classifier", "workflow");
        final List<String> other = List.of(
                "-option=3,runState/enabled,true,boolean",
                "-option=3,runState/resume,MUST,String",
                "-option=3,batchSize,32,int");

        Headless.run(with(workflow, "one", 1, SWITCH));
        final Result refused = Headless.run(with(workflow, "two", 1, other));

        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.output()).contains(" is of another run: the batch size was 64 and is 32; put that back,");
    }

    /** Nothing has to be set but the switch; the log is in the workflow. */
    @Test
    void aLogForTensorBoardIsWrittenOnTheWay() throws IOException {
        final Path workflow = copy("mnist-classifier", "workflow");

        final Result run =
                Headless.run(with(workflow, "one", 1, List.of("-option=3,tensorBoard/enabled,true,boolean")));

        assertThat(run.exitCode()).as(run.output()).isZero();
        try (Stream<Path> files = Files.walk(workflow.resolve("data/tensorboard/GradientTape Trainer (#3)"))) {
            final List<Path> events = files.filter(Files::isRegularFile).toList();
            assertThat(events).hasSize(1);
            assertThat(events.get(0).getFileName().toString()).startsWith("events.out.tfevents.");
            assertThat(Files.readString(events.get(0), StandardCharsets.ISO_8859_1))
                    .contains("brain.Event:2", "step/Loss", "epoch/Accuracy", "dense_2");
        }
    }

    private List<String> with(final Path workflow, final String tables, final int epochs, final List<String> options)
            throws IOException {
        final List<String> arguments = new ArrayList<>(List.of(
                workflow.toString(),
                "-tablesDir=" + tables(tables),
                "-option=1,limit_is_present,true,boolean",
                "-option=1,limit,640,int",
                "-option=3,epochs," + epochs + ",int"));
        arguments.addAll(options);
        return arguments;
    }

    private Path tables(final String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private Path copy(final String workflow, final String name) throws IOException {
        final Path copy = folder.resolve("workflow " + name);
        Folders.copy(Folders.example(workflow), copy);
        return copy;
    }

    private static List<Path> checkpoints(final Path workflow) throws IOException {
        final Path data = workflow.resolve("data/checkpoints");
        if (!Files.isDirectory(data)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.getFileName().toString().startsWith("checkpoint-"))
                    .toList();
        }
    }

    /** Every file of a run, tables without the columns that say how it went and without the folder that they are in. */
    private static Map<String, String> content(final Path tables) throws IOException {
        final Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(tables)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                        .replace(tables.toString(), "the folder");
                content.put(tables.relativize(file).toString(), text.contains("Seconds") ? withoutSeconds(text) : text);
            }
        }
        return content;
    }

    private static String withoutSeconds(final String table) {
        final List<String[]> rows = table.lines()
                .map(line -> line.replaceAll("\"[^\"]*\"", "").split(",", -1))
                .toList();
        final List<String> names = Arrays.asList(rows.get(0));
        final StringBuilder text = new StringBuilder();
        for (final String[] row : rows) {
            IntStream.range(0, row.length)
                    .filter(i ->
                            !names.get(i).equals("Seconds") && !names.get(i).equals("Resumed"))
                    .forEach(i -> text.append(row[i]).append(','));
            text.append('\n');
        }
        return text.toString();
    }
}
