package org.gradienttape.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.training.TrainingJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnerConfigTest {
    private static final LearnerConfig CONFIG =
            new LearnerConfig(List.of(3, 2), 0, 1e-3, 32, 5, 2, LearnerConfig.DEFAULT.classWeights(), 7);

    @TempDir
    private Path folder;

    private static DatasetInfo rows(final String... classes) {
        return new DatasetInfo("iris.csv", 2, Shape.of(4), ElementType.UINT8, Scaling.AS_STORED, List.of(classes));
    }

    @Test
    void dropoutStandsBehindEachHiddenLayerIfThereIsSome() {
        final LearnerConfig dropping =
                new LearnerConfig(List.of(3, 2), 0.5, 1e-3, 32, 5, 2, LearnerConfig.DEFAULT.classWeights(), 7);

        assertThat(CONFIG.network(rows("a", "b", "c")).layers())
                .extracting(Layer::getClass)
                .containsExactly(Layer.Dense.class, Layer.Dense.class, Layer.Dense.class);
        assertThat(dropping.network(rows("a", "b", "c")).layers())
                .extracting(Layer::getClass)
                .containsExactly(
                        Layer.Dense.class,
                        Layer.Dropout.class,
                        Layer.Dense.class,
                        Layer.Dropout.class,
                        Layer.Dense.class);
    }

    @Test
    void anOnlyClassIsNothingToLearn() {
        assertThat(CONFIG.network(rows("a", "b")).output()).isEqualTo(Shape.of(2));
        assertThatThrownBy(() -> CONFIG.network(rows("a")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "At least two classes were expected in iris.csv, but it has the class a alone; choose another"
                                + " target column.");
        assertThatThrownBy(() -> CONFIG.network(rows()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("but it has none;");
    }

    /** The weights of the output are a tenth of Keras', so that the network says next to nothing at first; others are Keras'. */
    @Test
    void theOutputBeginsSmall() throws IOException {
        try (DatasetWriter writer = DatasetWriter.create(folder, rows("a", "b"))) {
            writer.writeFeatures(ByteBuffer.wrap(new byte[8]));
            writer.writeLabels(0, 1);
            final Dataset training = writer.finish();

            final TrainingJob job = CONFIG.job(training, Optional.empty(), Compute.singleThreaded());

            final Network network = job.model().network();
            final Weights keras = Weights.initial(network, 7);
            for (final String hidden : List.of("dense/kernel", "dense_1/kernel")) {
                assertThat(job.model().weights().get(hidden)).isEqualTo(keras.get(hidden));
            }
            final float[] output = job.model().weights().get("dense_2/kernel");
            assertThat(output).hasSize(4);
            for (int i = 0; i < output.length; i++) {
                assertThat(output[i])
                        .isEqualTo(keras.get("dense_2/kernel")[i] * 0.1f)
                        .isNotZero();
            }
            assertThat(job.loss()).isEqualTo(new Loss.SparseCategoricalCrossentropy());
            assertThat(LearnerConfig.metrics(training.target())).isEqualTo(MetricsConfig.ACCURACY);
        }
    }
}
