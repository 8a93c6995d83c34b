package org.gradienttape.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.model.IfExists;
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
        final Callbacks callbacks = callbacks(IfExists.FAIL);
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
        final Callbacks callbacks = callbacks(IfExists.FAIL);

        callbacks.goOn(0, CallbackFixture.loss(Double.NaN));
        assertThat(file).doesNotExist();
        weight[0] = 1;
        callbacks.goOn(1, CallbackFixture.loss(3));
        weight[0] = 2;
        callbacks.goOn(2, CallbackFixture.loss(Double.NaN));

        assertThat(CallbackFixture.weight(List.of(ModelFile.read(file)))).isEqualTo(1);
    }

    @Test
    void aFileThatIsThereStaysUnlessItMayBeOverwritten() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "mine");

        assertThatThrownBy(() -> callbacks(IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The checkpoint should become the new file " + file
                        + ", but there is one already; choose another name or allow to overwrite it.");
        assertThat(file).hasContent("mine");

        callbacks(IfExists.OVERWRITE).goOn(0, CallbackFixture.loss(1));
        assertThat(CallbackFixture.weight(List.of(ModelFile.read(file)))).isZero();
    }

    @Test
    void aFolderThatCannotBeMadeIsToldBeforeTheFirstEpoch() throws IOException {
        Files.writeString(folder.resolve("new"), "a file in the way");

        assertThatThrownBy(() -> callbacks(IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("of the checkpoint could not be made; choose another one.");
    }

    @Test
    void aWriteThatFailsIsOneSentenceAndLeavesNothing() throws IOException {
        final Callbacks callbacks = callbacks(IfExists.FAIL);
        Files.delete(file.getParent());

        assertThatThrownBy(() -> callbacks.goOn(0, CallbackFixture.loss(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is no such folder");
        assertThat(folder.toFile().list()).isEmpty();
    }

    private Callbacks callbacks(final IfExists ifExists) {
        return new Callbacks(
                CallbackFixture.with(new CheckpointConfig(CallbackFixture.LOSS, List.of(file), ifExists)),
                List.of(1.0),
                () -> List.of(CallbackFixture.model(weight[0])),
                lines::add);
    }
}
