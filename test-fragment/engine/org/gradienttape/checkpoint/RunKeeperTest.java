package org.gradienttape.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gradienttape.checkpoint.CheckpointPlan.Resume;
import org.gradienttape.checkpoint.CheckpointPlan.Unit;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.JavaProcess;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.model.Provenance;
import org.gradienttape.train.Keeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunKeeperTest {
    private static final Network NETWORK = Network.of(Shape.of(3), List.of(new Layer.Dense(2, Activation.NONE)));
    private static final Model MODEL = new Model(NETWORK, Weights.initial(NETWORK, 1), Provenance.of("a test"));

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private long now;
    private long step;

    private RunKeeper keeper(final int every, final Unit unit, final Resume resume) {
        return RunKeeper.open(
                        new CheckpointPlan(folder, every, unit, resume), new RunIdentity(), warnings::add, () -> now)
                .of(() -> MODEL);
    }

    private void train(final RunKeeper keeper, final long steps, final long nanoseconds) {
        step += steps;
        now += nanoseconds;
        keeper.afterSteps(step);
        keeper.end(Keeper.Place.HERE); // which waits for what is being written
    }

    @Test
    void aCheckpointIsDueWhenSoManyMinutesHavePassedSinceTheLastOne() throws IOException {
        final long minutes = TimeUnit.MINUTES.toNanos(3);
        try (RunKeeper keeper = keeper(3, Unit.MINUTES, Resume.NEVER)) {
            keeper.begin(memory -> memory.integer("step", step));
            assertThat(keeper.stepsUntilDue(0)).isEqualTo(Long.MAX_VALUE);
            step = 1;
            now = minutes - 1;
            keeper.afterSteps(step);
            assertThat(files()).isEmpty();

            train(keeper, 1, 1);
            assertThat(files()).containsExactly("checkpoint-000001.gradienttape");
            train(keeper, 1, minutes - 1);
            assertThat(files()).containsExactly("checkpoint-000001.gradienttape");
            train(keeper, 1, 1);
            assertThat(files()).containsExactly("checkpoint-000001.gradienttape", "checkpoint-000002.gradienttape");
        }

        assertThat(ModelFile.readRun(folder.resolve("checkpoint-000001.gradienttape"))
                        .values())
                .containsEntry("step", 2L);
        assertThat(ModelFile.readRun(folder.resolve("checkpoint-000002.gradienttape"))
                        .values())
                .containsEntry("step", 4L);
        assertThat(warnings).isEmpty();
    }

    @Test
    void theLastTwoStay() throws IOException {
        try (RunKeeper keeper = keeper(10, Unit.STEPS, Resume.NEVER)) {
            keeper.begin(memory -> memory.integer("step", step));
            for (int i = 0; i < 5; i++) {
                assertThat(keeper.stepsUntilDue(step)).isEqualTo(10);
                train(keeper, 10, 0);
            }
        }

        assertThat(files()).containsExactly("checkpoint-000004.gradienttape", "checkpoint-000005.gradienttape");
        assertThat(ModelFile.readRun(folder.resolve("checkpoint-000005.gradienttape"))
                        .values())
                .containsEntry("step", 50L);
    }

    /** Which somebody could take for this run's if its own is damaged. */
    @Test
    void ofARunBeforeThisOneNothingStaysBehindTheFirstCheckpoint() throws IOException {
        for (int run = 1; run <= 2; run++) {
            try (RunKeeper keeper = keeper(10, Unit.STEPS, Resume.NEVER)) {
                keeper.begin(memory -> memory.integer("step", step));
                assertThat(files()).hasSize(2 * run - 2);
                train(keeper, 10, 0);
                assertThat(files()).hasSize(1);
                train(keeper, 10, 0);
                assertThat(files()).hasSize(2);
            }
        }
    }

    /** Behind a checkpoint of another plan, the first distance is the rest of one. */
    @Test
    void betweenTwoCheckpointsTheRestIsLeft() {
        try (RunKeeper keeper = keeper(10, Unit.STEPS, Resume.NEVER)) {
            assertThat(keeper.stepsUntilDue(13)).isEqualTo(7);
        }
    }

    @Test
    void ofEpochsEverySecondIsKept() throws IOException {
        try (RunKeeper keeper = keeper(2, Unit.EPOCHS, Resume.NEVER)) {
            keeper.begin(memory -> memory.integer("step", step));
            for (int epochs = 1; epochs <= 3; epochs++) {
                step = 8 * epochs;
                keeper.afterSteps(step);
                keeper.afterEpoch(epochs);
            }
        }

        assertThat(files()).containsExactly("checkpoint-000001.gradienttape");
        assertThat(ModelFile.readRun(folder.resolve("checkpoint-000001.gradienttape"))
                        .values())
                .containsEntry("step", 16L);
    }

    /** A run that ends while it validates goes on with its validation. */
    @Test
    void whatIsKeptInAValidationIsTheStateBeforeIt() throws IOException {
        try (RunKeeper keeper = keeper(100, Unit.STEPS, Resume.NEVER)) {
            keeper.begin(memory -> memory.integer("step", step));
            step = 8;
            keeper.beforeValidation();
            step = 9;
            keeper.end(Keeper.Place.BEFORE_VALIDATION);
        }

        assertThat(ModelFile.readRun(folder.resolve("checkpoint-000001.gradienttape"))
                        .values())
                .containsEntry("step", 8L);
    }

    @Test
    void aTroubleIsToldOnceUntilACheckpointIsWrittenAgain() {
        final Set<Long> troubled = Set.of(1L, 2L, 4L);
        try (RunKeeper keeper = keeper(1, Unit.STEPS, Resume.NEVER)) {
            keeper.begin(memory -> {
                if (troubled.contains(step)) {
                    throw new InvalidInputException("Step " + step + " cannot be kept.");
                }
                memory.integer("step", step);
            });
            for (int i = 0; i < 4; i++) {
                train(keeper, 1, 0);
            }
        }

        assertThat(warnings)
                .containsExactly(
                        "Step 1 cannot be kept. The run goes on without this checkpoint.",
                        "Step 4 cannot be kept. The run goes on without this checkpoint.");
    }

    /** As the run's own thread finds out while it copies the weights. */
    @Test
    void aCopyThatMemoryIsTooSmallForIsToldAndTheRunGoesOn() throws IOException {
        try (RunKeeper keeper = keeper(1, Unit.STEPS, Resume.NEVER).of(() -> {
            if (step == 1) {
                throw new OutOfMemoryError("Java heap space");
            }
            return MODEL;
        })) {
            keeper.begin(memory -> memory.integer("step", step));
            train(keeper, 1, 0);
            assertThat(files()).isEmpty();
            train(keeper, 1, 0);
        }

        assertThat(warnings)
                .containsExactly("A copy of the run for its checkpoint takes more memory than this program has left"
                        + " (Java heap space); give the program more memory (-Xmx). The run goes on without this"
                        + " checkpoint.");
        assertThat(files()).hasSize(1);
    }

    /** A file that is as full as such a disk stands in the place of the one that is written first. */
    @Test
    void aFolderOnAFullDiskIsToldAndCanBeTakenLater() throws IOException {
        final Path lock = Files.createSymbolicLink(folder.resolve(".lock"), Path.of("/dev/full"));

        assertThatThrownBy(() -> keeper(1, Unit.STEPS, Resume.NEVER))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The checkpoints of the run could not be written to " + folder
                        + " (No space left on device); free some space or choose a place that can be written to.");
        Files.delete(lock);
        keeper(1, Unit.STEPS, Resume.NEVER).close();
    }

    /** A folder of the name that dead runs of old left for a file. */
    @Test
    void aFolderThatCannotBeClearedCanBeTakenLater() throws IOException {
        final Path left = Files.createDirectory(folder.resolve(".checkpoint-000001.gradienttape.1.tmp"));
        final Path inside = Files.createFile(left.resolve("file"));

        assertThatThrownBy(() -> keeper(1, Unit.STEPS, Resume.NEVER))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The checkpoints of the run could not be written to " + folder);
        Files.delete(inside);
        keeper(1, Unit.STEPS, Resume.NEVER).close();
    }

    /** In a process of its own; the text takes six times as much in the file. */
    @Test
    void aCheckpointThatMemoryIsTooSmallForIsToldAndTheRunGoesOn() throws IOException {
        final Process run = new ProcessBuilder(JavaProcess.command(List.of("-Xmx24m"), LargeRun.class, folder))
                .redirectErrorStream(true)
                .start();

        assertThat(new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "The checkpoint takes more memory than this program has left (Java heap space); give the program"
                                + " more memory (-Xmx). The run goes on without this checkpoint.",
                        "done");
        assertThat(files()).isEmpty();
    }

    /** A run that remembers a long text. */
    static final class LargeRun {
        private LargeRun() {}

        public static void main(final String[] arguments) {
            final CheckpointPlan plan = new CheckpointPlan(Path.of(arguments[0]), 1, Unit.STEPS, Resume.NEVER);
            try (RunKeeper keeper =
                    RunKeeper.open(plan, new RunIdentity(), System.out::println).of(() -> MODEL)) {
                keeper.begin(memory -> memory.text("text", "\u0001".repeat(6_000_000)));
                keeper.afterSteps(1);
            }
            System.out.println("done");
        }
    }

    @Test
    void onlyCheckpointsAreForgottenAndOnlyThoseThatNobodyNeeds() throws IOException {
        final Path mine = Files.createFile(folder.resolve("notes.txt"));
        try (RunKeeper keeper = keeper(10, Unit.STEPS, Resume.NEVER)) {
            keeper.begin(memory -> memory.integer("step", step));
            train(keeper, 10, 0);
            assertThatThrownBy(() -> RunKeeper.forget(folder))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(folder.toString());
            assertThat(files()).containsExactly("checkpoint-000001.gradienttape", "notes.txt");
        }

        RunKeeper.forget(folder);
        RunKeeper.forget(folder.resolve("nothing"));

        assertThat(files()).containsExactly("notes.txt");
        assertThat(mine).exists();
        assertThat(folder.resolve("nothing")).doesNotExist();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .sorted()
                    .toList();
        }
    }
}
