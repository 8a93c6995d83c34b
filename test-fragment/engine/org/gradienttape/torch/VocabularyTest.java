package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Penalty;
import org.gradienttape.layer.Shape;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.prediction.Prediction;
import org.gradienttape.torch.prediction.PredictionJob;
import org.gradienttape.torch.training.Training;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that are not in the vocabulary of an Embedding, and masks that get lost, in training and prediction. */
class VocabularyTest {
    @TempDir
    private Path folder;

    private int made;

    private static Model model() {
        return TestData.fresh(
                Network.of(
                        Shape.of(3),
                        List.of(
                                new MaskingLayer.Embedding(5, 2, Initializer.RANDOM_UNIFORM, Penalty.NONE, true),
                                new Layer.Flatten(),
                                new Layer.Dense(2, Activation.NONE))),
                1);
    }

    @Test
    void aNumberOutsideIsRefusedBeforeTraining() throws IOException {
        assertThatThrownBy(() -> train(data(0, 1, 2, 3, 4, 5), new ArrayList<>()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Embedding takes whole numbers from 0 to 4, but sample 1 of the training data words, counted"
                                + " from 0, has 5; choose a larger input dimension, or other data.");
    }

    @Test
    void aNumberThatIsNotWholeIsRefused() throws IOException {
        assertThatThrownBy(() -> train(data(0, 1.5f, 2, 3, 4, 4), new ArrayList<>()))
                .hasMessageContaining("sample 0 of the training data words, counted from 0, has 1.5;");
        assertThatThrownBy(() -> train(data(0, -1, 2, 3, 4, 4), new ArrayList<>()))
                .hasMessageContaining("has -1;");
        assertThatThrownBy(() -> train(data(0, Float.NaN, 2, 3, 4, 4), new ArrayList<>()))
                .hasMessageContaining("has NaN;");
    }

    @Test
    void predictionRefusesItToo() throws IOException {
        final Dataset data = data(0, 1, 2, 9, 0, 0);
        assertThatThrownBy(
                        () -> Prediction.run(new PredictionJob(model(), data, 2, TestDevice.compute()), batch -> true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("but sample 1 of the data words, counted from 0, has 9;");
    }

    @Test
    void aLostMaskIsSaidOnceInTraining() throws IOException {
        final List<String> warnings = new ArrayList<>();

        train(data(0, 1, 2, 3, 4, 0), warnings);

        assertThat(warnings)
                .containsExactly(
                        "The layer flatten (Flatten) does not go on with the mask of embedding, so it and those"
                                + " behind it take the masked steps for real ones.");
    }

    private static void train(final Dataset data, final List<String> warnings) {
        Training.run(
                TestData.job(model(), data, new OptimizerConfig.Sgd(0.01), new TrainingConfig(2, 2, 1, 0, 1)),
                new TrainingMonitor() {
                    @Override
                    public boolean goOn(final Progress progress) {
                        return true;
                    }

                    @Override
                    public void log(final String line) {}

                    @Override
                    public void warn(final String sentence) {
                        warnings.add(sentence);
                    }
                });
    }

    private Dataset data(final float... numbers) throws IOException {
        final DatasetInfo info =
                new DatasetInfo("words", 2, Shape.of(3), ElementType.FLOAT32, Scaling.AS_STORED, List.of("0", "1"));
        final ByteBuffer features =
                ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (final float number : numbers) {
            features.putFloat(number);
        }
        try (DatasetWriter writer = DatasetWriter.create(folder.resolve("data" + made++), info)) {
            writer.writeFeatures(features.flip());
            writer.writeLabels(new int[] {0, 1});
            return writer.finish();
        }
    }
}
