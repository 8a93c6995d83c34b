package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.gradienttape.model.ModelFile;
import org.gradienttape.workflows.Headless.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Early stopping, a schedule, a checkpoint and more metrics in a whole workflow, on 1,000 of the real digits. */
class CallbacksWorkflowTest {
    private static final String TRAINER = "GradientTape Trainer (#3)";
    private static final int VALIDATION_LOSS = 6;
    private static final int LEARNING_RATE = 10;
    private static final int STOP_REASON = 12;

    @TempDir
    private Path folder;

    /** 800 digits make 13 steps of 64; Adam overfits them within a few epochs. */
    @Test
    void trainingEndsEarlyWithTheBestModelAndTheTablesSayWhy() throws IOException {
        final Path checkpoints = folder.resolve("checkpoints");

        final Result result = Headless.run(List.of(
                Folders.example("mnist-classifier").toString(),
                "-tablesDir=" + folder,
                "-option=1,limit_is_present,true,boolean",
                "-option=1,limit,800,int",
                "-option=1,lastSamples,200,int",
                "-option=1,scaling,DIVIDE_BY_255,String",
                "-option=3,epochs,40,int",
                "-option=3,optimizer,ADAM,String",
                "-option=3,learningRate,0.01,double",
                "-option=3,clipping/clipping,GLOBAL_NORM,String",
                "-option=3,schedule/schedule,COSINE,String",
                "-option=3,schedule/decaySteps,400,int",
                "-option=3,schedule/warmUp,true,boolean",
                "-option=3,schedule/warmUpSteps,13,int",
                "-option=3,metrics/f1,true,boolean",
                "-option=3,metrics/auc,true,boolean",
                "-option=3,earlyStopping/enabled,true,boolean",
                "-option=3,earlyStopping/patience,2,int",
                "-option=3,earlyStopping/keepBestWeights,true,boolean",
                "-option=3,checkpoint/enabled,true,boolean",
                "-option=3,checkpoint/folder," + checkpoints + ",String"));

        assertThat(result.exitCode()).as(result.output()).isZero();
        final List<String[]> rows = Files.readAllLines(folder.resolve(TRAINER + "_3.csv")).stream()
                .map(line -> line.split(",", -1))
                .toList();
        assertThat(rows.get(0))
                .containsExactly(
                        "Epoch",
                        "Steps",
                        "Loss",
                        "Accuracy",
                        "F1",
                        "AUC",
                        "Validation loss",
                        "Validation accuracy",
                        "Validation F1",
                        "Validation AUC",
                        "Learning rate",
                        "Seconds",
                        "Stop reason");
        final List<String[]> epochs = rows.subList(1, rows.size());
        final List<Double> losses =
                epochs.stream().map(row -> Double.valueOf(row[VALIDATION_LOSS])).toList();
        final int best = losses.indexOf(Collections.min(losses));
        assertThat(epochs).hasSize(best + 3);
        assertThat(epochs.get(best + 2)[STOP_REASON]).isEqualTo("Early stopping");
        assertThat(epochs.get(best)[STOP_REASON]).isEmpty();
        assertThat(result.output())
                .contains("Early stopping after epoch " + (best + 2) + ": Validation loss was best in epoch " + best);
        // The last step of epoch 0 is the last of the warm-up; from there the rate falls.
        assertThat(Double.parseDouble(epochs.get(0)[LEARNING_RATE])).isCloseTo(0.01 * 12 / 13, within(1e-12));
        assertThat(epochs.stream().skip(1).map(row -> -Double.parseDouble(row[LEARNING_RATE])))
                .isSorted();
        assertThat(ModelFile.read(checkpoints.resolve("best-model.gradienttape"))
                        .weights())
                .isEqualTo(ModelFile.read(folder.resolve("mnist-classifier.gradienttape"))
                        .weights());
    }
}
