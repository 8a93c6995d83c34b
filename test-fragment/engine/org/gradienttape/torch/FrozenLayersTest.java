package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gradienttape.data.Dataset;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NetworkDrawing;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Penalty;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.layer.Weights;
import org.gradienttape.layer.Window;
import org.gradienttape.layer.WrapperLayer;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.training.Training;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers whose weights stay: keras.io/guides/transfer_learning. */
class FrozenLayersTest {
    @TempDir
    private Path folder;

    private static Network residual() {
        final NetworkDrawing drawing = new NetworkDrawing(Shape.of(6, 6, 2));
        final Window window = Window.square(3, 1, Padding.SAME);
        final String first = drawing.add(new ImageLayer.Conv2D(4, window, Activation.RELU));
        drawing.add(new NormalizationLayer.BatchNormalization(0.5, 1e-3, true, true));
        final String second = drawing.add(new ImageLayer.Conv2D(4, window, Activation.NONE));
        drawing.add(new JoinLayer.Add(), first, second);
        drawing.add(new ImageLayer.GlobalAveragePooling2D());
        drawing.add(new Layer.Dense(3, Activation.NONE));
        return drawing.network();
    }

    /** 20 steps of AdamW, whose decay reaches all weights that it trains. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void frozenWeightsAndStatisticsStayEqualToTheBit(final Execution execution) throws IOException {
        final Dataset data = TestData.random(folder.resolve("data"), Shape.of(6, 6, 2), 3, 40, 5);

        assertOnlyTheHeadLearns(execution, TestData.fresh(residual().frozenUpTo("add"), 1), data);
    }

    private static void assertOnlyTheHeadLearns(final Execution execution, final Model model, final Dataset data) {
        final Weights after = Training.run(
                        TestData.by(
                                execution,
                                TestData.job(
                                        model,
                                        data,
                                        new OptimizerConfig.AdamW(0.1, 0.1, 0.9, 0.999, 1e-7),
                                        new TrainingConfig(4, 8, 1, 0, 1))),
                        TestData.PATIENT)
                .model()
                .weights();

        for (final String name : after.names()) {
            if (name.startsWith("dense")) {
                assertThat(after.get(name))
                        .as(name)
                        .isNotEqualTo(model.weights().get(name));
            } else {
                assertThat(after.get(name)).as(name).isEqualTo(model.weights().get(name));
            }
        }
    }

    /** Below a head that learns; dropout goes on there, as in Keras. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void frozenLayersOfEachStepStayEqualToTheBit(final Execution execution) throws IOException {
        final NetworkDrawing drawing = new NetworkDrawing(Shape.of(3, 6));
        drawing.add(new WrapperLayer.TimeDistributed(new Layer.Dense(4, Activation.TANH)));
        drawing.add(new WrapperLayer.TimeDistributed(new NormalizationLayer.BatchNormalization()));
        final String last = drawing.add(new WrapperLayer.TimeDistributed(new Layer.Dropout(0.3)));
        drawing.add(new Layer.Flatten());
        drawing.add(new Layer.Dense(3, Activation.NONE));
        final Dataset data = TestData.random(folder.resolve("data"), Shape.of(3, 6), 3, 40, 5);

        assertOnlyTheHeadLearns(execution, TestData.fresh(drawing.network().frozenUpTo(last), 1), data);
    }

    /** Without a frozen layer the same run changes all of them. */
    @Test
    void whatIsNotFrozenLearns() throws IOException {
        final Model model = TestData.fresh(residual(), 1);
        final Dataset data = TestData.random(folder.resolve("data"), Shape.of(6, 6, 2), 3, 40, 5);

        final Weights after = Training.run(
                        TestData.job(model, data, new OptimizerConfig.Sgd(0.1), new TrainingConfig(1, 8, 1, 0, 1)),
                        TestData.PATIENT)
                .model()
                .weights();

        for (final String name : after.names()) {
            assertThat(after.get(name)).as(name).isNotEqualTo(model.weights().get(name));
        }
    }

    /**
     * Each Dense layer multiplies once on the way there. On the way back, one that learns multiplies for its kernel, and once
     * more for what lies before it, if something learns there.
     */
    @Test
    void frozenLayersCostNoGradient() {
        final Layer dense = new Layer.Dense(4, Activation.TANH);
        final Network network = Network.of(Shape.of(4), List.of(dense, dense, dense));

        assertThat(products(network)).isEqualTo(3 + 1 + 2 + 2);
        assertThat(products(network.frozenUpTo("dense"))).isEqualTo(3 + 1 + 2);
        assertThat(products(network.frozenUpTo("dense_1"))).isEqualTo(3 + 1);
    }

    /** In the program of a step: forward, loss, gradients. */
    private static int products(final Network network) {
        return StepProgram.of(network, 2, 4).split("torch\\.(mm|matmul)\\(", -1).length - 1;
    }

    /** Keras' BatchNormalization: frozen, it works as in inference. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void frozenBatchNormalizationUsesItsAverages(final Execution execution) {
        final Network network = Network.of(Shape.of(2), List.of(new NormalizationLayer.BatchNormalization()))
                .frozenUpTo("batch_normalization");
        Computed.with(execution, c -> {
            final CallableNetwork callable =
                    Callable.of(network, Weights.initial(network, 0), c, c::machine, new SplittableRandom(0));
            final List<Fetched> outputs = new ArrayList<>();
            c.step(() -> outputs.add(
                    c.fetch(callable.call(c.machine().tensor(new float[] {1, 2, 3, 8}, 2, 2), Mode.TRAINING))));
            c.finish();
            final float scale = (float) (1 / Math.sqrt(1 + 1e-3)); // mean 0, variance 1
            assertThat(outputs.get(0).numbers())
                    .usingComparatorWithPrecision(1e-6f)
                    .containsExactly(scale, 2 * scale, 3 * scale, 8 * scale);
            return null;
        });
    }

    /** As in Keras, where regularization losses are those of trainable weights. */
    @Test
    void frozenWeightsCostNothing() {
        final WeightSettings costly = new WeightSettings(
                Initializer.ONES, Initializer.ONES, new Penalty(1, 0), new Penalty(1, 0), new Penalty(0, 1));
        final Network network = Network.of(Shape.of(2), List.of(new Layer.Dense(1, Activation.NONE, true, costly)))
                .frozenUpTo("dense");
        Computed.with(Execution.EAGER, c -> {
            final CallableNetwork callable =
                    Callable.of(network, Weights.initial(network, 0), c, c::machine, new SplittableRandom(0));
            c.step(() -> {
                callable.call(c.machine().full(1, 1, 2), Mode.TRAINING);
                assertThat(callable.losses().item()).isEqualTo(9); // the square of 1 + 1 + 1
            });
            return null;
        });
    }

    /** Keras warns of it, too. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void aModelOfWhichNothingLearnsStaysAsItIsAndSaysSo(final Execution execution) throws IOException {
        final Network frozen = Network.of(Shape.of(3), List.of(new Layer.Dense(3, Activation.NONE)))
                .frozenUpTo("dense");
        for (final Network network : List.of(frozen, new Network(Shape.of(3), List.of()))) {
            final Model model = TestData.fresh(network, 1);
            final Dataset data =
                    TestData.random(folder.resolve("data " + network.nodes().size()), Shape.of(3), 3, 8, 5);
            final List<String> warnings = new ArrayList<>();

            final Model after = Training.run(
                            TestData.by(
                                    execution,
                                    TestData.job(
                                            model,
                                            data,
                                            new OptimizerConfig.AdamW(0.1, 0.1, 0.9, 0.999, 1e-7),
                                            new TrainingConfig(2, 4, 1, 0, 1))),
                            warnedBy(warnings))
                    .model();

            assertThat(after.weights()).isEqualTo(model.weights());
            assertThat(warnings).singleElement().asString().contains("no weights that may change");
        }
    }

    private static TrainingMonitor warnedBy(final List<String> warnings) {
        return new TrainingMonitor() {
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
        };
    }

    /** A layer in Java hears that it keeps its averages, and layers of ours within it keep theirs. */
    @Test
    void aFrozenLayerInJavaKeepsItsAverages() throws IOException {
        final Network network =
                JavaLayers.network(Shape.of(6), JavaLayers.OF_ALL_KINDS, new Layer.Dense(3, Activation.NONE));
        final String own = network.nodes().get(0).name();
        final Model model = TestData.fresh(network.frozenUpTo(own), 1);
        final Dataset data = TestData.random(folder.resolve("data"), Shape.of(6), 3, 40, 5);

        final Weights after = Training.run(
                        TestData.job(model, data, new OptimizerConfig.Sgd(0.1), new TrainingConfig(1, 8, 1, 0, 1)),
                        TestData.PATIENT)
                .model()
                .weights();

        for (final String name : after.names()) {
            if (name.startsWith(own)) {
                assertThat(after.get(name)).as(name).isEqualTo(model.weights().get(name));
            }
        }
    }
}
