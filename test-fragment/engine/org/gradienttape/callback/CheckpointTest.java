package org.gradienttape.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.callback.CheckpointConfig.Existing;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.model.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private final List<String> lines = new ArrayList<>();
    private final double[] weight = {0};

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("new/best.gradienttape");
    }

    @Test
    void writesTheModelOfEachEpochThatIsBetterThanEver() throws IOException {
        final Callbacks callbacks = callbacks(Existing.FAIL);
        final double[] losses = {3, 4, 2, 2};
        final float[] written = {0, 0, 2, 2};

        for (int epoch = 0; epoch < losses.length; epoch++) {
            weight[0] = epoch;
            assertThat(callbacks.goOn(epoch, CallbackFixture.loss(losses[epoch])))
                    .isTrue();
            assertThat(CallbackFixture.weight(List.of(ModelFile.read(file)))).isEqualTo(written[epoch]);
        }

        assertThat(lines).containsExactly("Model of epoch 0 written to " + file, "Model of epoch 2 written to " + file);
        assertThat(file.getParent().toFile().list()).containsExactly("best.gradienttape");
    }

    @Test
    void anUndefinedNumberWritesNothing() throws IOException {
        final Callbacks callbacks = callbacks(Existing.FAIL);

        callbacks.goOn(0, CallbackFixture.loss(Double.NaN));
        assertThat(file).doesNotExist();
        weight[0] = 1;
        callbacks.goOn(1, CallbackFixture.loss(3));
        weight[0] = 2;
        callbacks.goOn(2, CallbackFixture.loss(Double.NaN));

        assertThat(CallbackFixture.weight(List.of(ModelFile.read(file)))).isEqualTo(1);
    }

    @Test
    void weightsThatAreNoNumbersAreNotWritten() throws IOException {
        final Callbacks callbacks = callbacks(Existing.FAIL);
        weight[0] = 1;
        callbacks.goOn(0, CallbackFixture.loss(3));
        weight[0] = Double.NaN;
        callbacks.goOn(1, CallbackFixture.loss(2));

        assertThat(CallbackFixture.weight(List.of(ModelFile.read(file)))).isEqualTo(1);
    }

    @Test
    void aFileThatIsThereStaysUnlessItMayBeOverwritten() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "mine");

        assertThatThrownBy(() -> callbacks(Existing.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The checkpoint should become the new file " + file
                        + ", but there is one already; choose another name or allow to overwrite it.");
        assertThat(file).hasContent("mine");

        callbacks(Existing.REPLACE).goOn(0, CallbackFixture.loss(1));
        assertThat(CallbackFixture.weight(List.of(ModelFile.read(file)))).isZero();
    }

    @Test
    void aFolderThatCannotBeMadeIsToldBeforeTheFirstEpoch() throws IOException {
        Files.writeString(folder.resolve("new"), "a file in the way");

        assertThatThrownBy(() -> callbacks(Existing.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The checkpoint could not be written to " + file + " (" + folder.resolve("new")
                        + " is a file, not a folder); free some space or choose a place that can be written to.");
    }

    @Test
    void aWriteThatFailsIsSaidAndTheRunGoesOn() throws IOException {
        final Callbacks callbacks = callbacks(Existing.FAIL);
        Files.delete(file.getParent());

        assertThat(callbacks.goOn(0, CallbackFixture.loss(1))).isTrue();

        assertThat(lines)
                .containsExactly("Warning: the model of epoch 0 is not kept, training goes on: The model should go into"
                        + " the folder " + file.getParent()
                        + ", but there is no such folder; create it or choose another"
                        + " place.");
        assertThat(folder.toFile().list()).isEmpty();
        Files.createDirectory(file.getParent());
        callbacks.goOn(1, CallbackFixture.loss(2));
        assertThat(file)
                .as("worse than the one that was lost, but better than nothing")
                .exists();
    }

    @Test
    void anotherRunDoesNotReplaceABetterModelByAWorseOne() throws IOException {
        weight[0] = 1;
        callbacks(Existing.FAIL).goOn(0, CallbackFixture.loss(0.163));
        final Callbacks rerun = callbacks(Existing.REPLACE_IF_BETTER);

        weight[0] = 2;
        rerun.goOn(0, CallbackFixture.loss(0.9));
        assertThat(CallbackFixture.weight(List.of(ModelFile.read(file)))).isEqualTo(1);
        weight[0] = 3;
        rerun.goOn(1, CallbackFixture.loss(0.162));
        assertThat(CallbackFixture.weight(List.of(ModelFile.read(file)))).isEqualTo(3);

        assertThat(lines)
                .containsExactly(
                        "Model of epoch 0 written to " + file,
                        file + " has a model with Loss 0.163; only a better one takes its place",
                        "Model of epoch 1 written to " + file);
    }

    @Test
    void anotherRunReplacesABetterModelWhereThatIsAskedFor() throws IOException {
        callbacks(Existing.FAIL).goOn(0, CallbackFixture.loss(0.163));

        weight[0] = 2;
        callbacks(Existing.REPLACE).goOn(0, CallbackFixture.loss(0.9));

        assertThat(CallbackFixture.weight(List.of(ModelFile.read(file)))).isEqualTo(2);
    }

    @Test
    void whatCannotBeComparedIsNotReplaced() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "mine");

        assertThatThrownBy(() -> callbacks(Existing.REPLACE_IF_BETTER))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The checkpoint takes the place of a model with a worse Loss, but " + file
                        + " is none that was written with this number; choose another name, or overwrite it always.");
        assertThat(file).hasContent("mine");
    }

    private Callbacks callbacks(final Existing ifExists) {
        final Callbacks callbacks = new Callbacks(
                CallbackFixture.with(new CheckpointConfig(CallbackFixture.LOSS, List.of(file), ifExists)),
                List.of(1.0),
                () -> List.of(CallbackFixture.model(weight[0])),
                lines::add);
        callbacks.begin();
        return callbacks;
    }
}
