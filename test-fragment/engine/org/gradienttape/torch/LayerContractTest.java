package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.gradienttape.data.Dataset;
import org.gradienttape.file.IfExists;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.AugmentationLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.NetworkDrawing;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every kind of layer. */
class LayerContractTest {
    @TempDir
    private Path folder;

    static Stream<LayerExample> examples() {
        return LayerExample.all();
    }

    @Test
    void everyKindOfLayerHasAnExample() {
        final Stream<Class<?>> kinds =
                examples().<Class<?>>map(example -> example.layer().getClass()).distinct();

        assertThat(kinds).containsExactlyInAnyOrderElementsOf(LayerExample.kinds(Layer.class));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theDescriptionHasKerasShapeAndNumberOfParameters(final LayerExample example) {
        assertThat(example.network().output()).isEqualTo(example.output());
        assertThat(example.network().parameterCount()).isEqualTo(example.parameters());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void oneStepLowersTheLossAndTheModelSurvivesItsFile(final LayerExample example) throws IOException {
        final NetworkDrawing drawing = example.drawing();
        drawing.add(new Layer.Flatten());
        drawing.add(new Layer.Dense(3, Activation.NONE));
        final Model model = TestData.fresh(drawing.network(), 1);
        final Dataset data = TestData.randomFor(model.network(), folder.resolve("data"), 3, 32, 5);

        // Random changes of the images hide what a single step learns.
        final int epochs = example.layer() instanceof AugmentationLayer ? 50 : 2;

        final TrainedModel trained = Training.run(
                TestData.job(model, data, new OptimizerConfig.Sgd(0.01), new TrainingConfig(epochs, 32, 1, 0, 1)),
                TestData.PATIENT);

        assertThat(trained.log().steps().get(epochs - 1).loss())
                .isLessThan(trained.log().steps().get(0).loss());
        ModelFile.write(trained.model(), folder.resolve("model.zip"), IfExists.FAIL);
        final Model read = ModelFile.read(folder.resolve("model.zip"));
        assertThat(read).isEqualTo(trained.model());
        assertThat(read.weights()).isNotEqualTo(model.weights());
    }
}
