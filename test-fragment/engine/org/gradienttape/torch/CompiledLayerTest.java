package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NetworkDrawing;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Window;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiled code of every kind of layer against the eager step: the losses of training and validation and all weights after several
 * steps.
 */
class CompiledLayerTest {
    private static final int CLASSES = 3;

    @TempDir
    private Path folder;

    static Stream<LayerExample> examples() {
        return LayerExample.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void learnsLikeTheEagerLayer(final LayerExample example) throws IOException {
        final NetworkDrawing drawing = example.drawing();
        drawing.add(new Layer.Flatten());
        drawing.add(new Layer.Dense(CLASSES, Activation.NONE));
        assertAlike(drawing.network());
    }

    /** Behind another layer, so that the gradient by the activation's input counts. */
    @ParameterizedTest
    @EnumSource(Activation.class)
    void activationsOfDenseLayersLearnLikeTheEagerOnes(final Activation activation) throws IOException {
        assertAlike(Network.of(
                Shape.of(6),
                List.of(
                        new Layer.Dense(7, activation, false),
                        new Layer.ActivityRegularization(1e-3, 1e-3),
                        new Layer.Dense(5, activation),
                        new Layer.Dropout(0.3),
                        new Layer.Dense(CLASSES, Activation.NONE))));
    }

    /** Up to three filters are computed by matrices and additions, more by the engine's convolution. */
    static Stream<ImageLayer.Conv2D> fewFilters() {
        return Stream.of(1, 2, 3, 4)
                .flatMap(filters -> Stream.of(
                        new ImageLayer.Conv2D(filters, Window.square(3, 1, Padding.SAME), Activation.SIGMOID),
                        new ImageLayer.Conv2D(filters, new Window(3, 2, 1, 1, Padding.VALID), Activation.NONE, false),
                        new ImageLayer.Conv2D(filters, Window.square(2, 1, Padding.SAME), Activation.TANH)));
    }

    @ParameterizedTest
    @MethodSource("fewFilters")
    void convolutionsWithFewFiltersLearnLikeTheEagerOnes(final ImageLayer.Conv2D layer) throws IOException {
        assertAlike(Network.of(
                Shape.of(5, 6, 4), List.of(layer, new Layer.Flatten(), new Layer.Dense(CLASSES, Activation.NONE))));
    }

    private void assertAlike(final Network network) throws IOException {
        final Dataset data = TestData.randomFor(network, folder.resolve("data"), CLASSES, 30, 5);
        final Model model = TestData.fresh(network, 1);

        final TrainedModel eager = train(model, data, Execution.EAGER);
        final TrainedModel compiled = train(model, data, Execution.COMPILED);

        assertThat(compiled.log().steps()).hasSameSizeAs(eager.log().steps());
        for (int i = 0; i < eager.log().steps().size(); i++) {
            assertThat(compiled.log().steps().get(i).loss())
                    .as("step %d", i)
                    .isCloseTo(eager.log().steps().get(i).loss(), within(1e-5));
        }
        assertThat(compiled.log().epochs().get(1).validationLoss().orElseThrow())
                .isCloseTo(eager.log().epochs().get(1).validationLoss().orElseThrow(), within(1e-5));
        for (final Network.Node node : network.nodes()) {
            node.weights()
                    .forEach(weight -> assertThat(compiled.model().weights().get(node.weightName(weight)))
                            .as(node.weightName(weight))
                            .usingComparatorWithPrecision(2e-5f)
                            .containsExactly(eager.model().weights().get(node.weightName(weight))));
        }
    }

    private static TrainedModel train(final Model model, final Dataset data, final Execution execution) {
        return Training.run(
                new TrainingJob(
                        model,
                        data,
                        Optional.of(data),
                        Objective.of(new Loss.SparseCategoricalCrossentropy()),
                        Update.of(new OptimizerConfig.Sgd(0.05, 0.9, false)),
                        new TrainingConfig(2, 8, 0, 3, 1),
                        CallbacksConfig.NONE,
                        TestDevice.compute(execution)),
                TestData.PATIENT);
    }
}
