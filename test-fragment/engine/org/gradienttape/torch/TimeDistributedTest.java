package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.AttentionLayer;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.LayerSummary;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Penalty;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.layer.Weights;
import org.gradienttape.layer.Window;
import org.gradienttape.layer.WrapperLayer.TimeDistributed;
import org.gradienttape.model.LayerFormat;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which layers can be called step by step, and what that gives; LayerReferenceTest compares some with PyTorch. */
class TimeDistributedTest {
    private static final int BATCH = 2;
    private static final int STEPS = 3;

    static Stream<LayerExample> layers() {
        return LayerExample.all();
    }

    /** A new kind of layer is wrapped, or somebody says here why not. */
    @ParameterizedTest
    @MethodSource("layers")
    void everyKindOfLayerIsCalledStepByStepOrRefusedByName(final LayerExample example) {
        final String whyNot = whyNot(example.layer());
        if (!whyNot.isEmpty()) {
            assertThatThrownBy(() -> new TimeDistributed(example.layer()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("TimeDistributed wraps a layer that computes each step by itself, but "
                            + example.layer().type() + " " + whyNot);
            return;
        }
        final List<Integer> sizes = new ArrayList<>(List.of(STEPS));
        sizes.addAll(example.input().dimensions());
        final Network one = Network.of(example.input(), List.of(example.layer()));
        final Network each = Network.of(new Shape(sizes), List.of(new TimeDistributed(example.layer())));
        final float[] x = numbers(BATCH * STEPS * example.input().size());

        final float[] found = output(each, weights(each), x);

        final List<Integer> outputs = new ArrayList<>(List.of(STEPS));
        outputs.addAll(example.output().dimensions());
        assertThat(each.output()).isEqualTo(new Shape(outputs));
        assertThat(found).containsExactly(output(one, weights(one), x), Offset.offset(1e-6f));
        assertThat(each.nodes().get(0).weights()).isEqualTo(one.nodes().get(0).weights());
    }

    /** As Keras does: some of its layers take two inputs, make a mask or add a loss when they are called by it alone. */
    private static String whyNot(final Layer layer) {
        if (layer instanceof JoinLayer) {
            return "joins several inputs";
        }
        if (layer instanceof AttentionLayer) {
            return "takes its input twice in Keras";
        }
        if (layer instanceof TimeDistributed) {
            return "is one itself";
        }
        if (layer instanceof CodeLayer) {
            return "is Java code";
        }
        if (layer instanceof Layer.InputColumns) {
            return "takes some columns of a sample";
        }
        if (layer instanceof MaskingLayer) {
            return "makes a mask";
        }
        final boolean costs = !layer.settings().activityRegularizer().equals(Penalty.NONE);
        return costs || layer instanceof Layer.ActivityRegularization ? "adds a loss for its output" : "";
    }

    @Test
    void allKindsAreThere() {
        final Set<Class<?>> kinds = new LinkedHashSet<>();
        LayerExample.all().forEach(example -> kinds.add(example.layer().getClass()));

        assertThat(kinds).containsExactlyInAnyOrderElementsOf(LayerExample.kinds(Layer.class));
    }

    /**
     * Keras calls the layer once for each step, so that the averages move once for each: by hand, the first step holds 1
     * and 3, mean 2 and variance 1, the second one 10 and 20, mean 15 and variance 25.
     */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void averagesOfBatchNormalizationMoveWithEachStep(final Execution execution) {
        final Network network = Network.of(
                Shape.of(2, 1),
                List.of(new TimeDistributed(new NormalizationLayer.BatchNormalization(0.9, 1e-9, true, true))));
        final Map<String, float[]> after = Computed.with(execution, c -> {
            final CallableNetwork callable =
                    Callable.of(network, Weights.initial(network, 1), c, c::machine, new SplittableRandom(1));
            assertThat(trained(callable, c)).containsExactly(new float[] {-1, -1, 1, 1}, Offset.offset(1e-5f));
            final Map<String, float[]> values = new HashMap<>();
            for (final Variable weight : callable.weights()) {
                values.put(weight.name(), c.read(weight));
            }
            return values;
        });

        assertThat(after.get("time_distributed/moving_mean")[0]).isCloseTo(1.68f, Offset.offset(1e-5f));
        assertThat(after.get("time_distributed/moving_variance")[0]).isCloseTo(3.4f, Offset.offset(1e-5f));
    }

    /** What it makes of two samples of two steps while it trains. */
    private static float[] trained(final CallableNetwork callable, final Computation c) {
        final List<Fetched> outputs = new ArrayList<>();
        c.step(() -> outputs.add(
                c.fetch(callable.call(c.machine().tensor(new float[] {1, 10, 3, 20}, 2, 2, 1), Mode.TRAINING))));
        c.finish();
        return outputs.get(0).numbers();
    }

    @Test
    void aFrozenBatchNormalizationUsesItsAverages() {
        final Network network = Network.of(
                        Shape.of(2, 1),
                        List.of(new TimeDistributed(new NormalizationLayer.BatchNormalization(0.9, 1e-9, true, true))))
                .frozen(layer -> true);

        final float[] output = Computed.with(Execution.EAGER, c -> {
            final CallableNetwork callable =
                    Callable.of(network, Weights.initial(network, 1), c, c::machine, new SplittableRandom(1));
            return trained(callable, c);
        });

        assertThat(output).containsExactly(new float[] {1, 10, 3, 20}, Offset.offset(1e-5f));
    }

    @Test
    void whatDoesNotFitIsRefusedInASentence() {
        final TimeDistributed convolution =
                new TimeDistributed(new ImageLayer.Conv2D(3, Window.square(3, 1, Padding.VALID), Activation.NONE));

        assertThatThrownBy(() -> Network.of(Shape.of(5), List.of(new TimeDistributed(new Layer.Flatten()))))
                .hasMessage(
                        "Layer 1: TimeDistributed expects steps of one number or more each, such as steps x features,"
                                + " but its input has the shape 5; put a Reshape layer before it.");
        assertThatThrownBy(() -> Network.of(Shape.of(7, 5, 4), List.of(convolution)))
                .hasMessageStartingWith("Layer 1: TimeDistributed calls its layer on each of the 7 steps of 7 x 5 x 4:"
                        + " Conv2D expects images of height x width x channels, but its input has the shape 5 x 4");
    }

    @Test
    void theLayerWithinIsNamedWhereNetworksAreShown() {
        final Network network = Network.of(
                Shape.of(3, 2), List.of(new TimeDistributed(new Layer.Dense(4, Activation.RELU)), new Layer.Flatten()));

        assertThat(LayerSummary.of(network).rows().get(0))
                .isEqualTo(new LayerSummary.Row(
                        "time_distributed",
                        "TimeDistributed(Dense)",
                        Shape.of(3, 4),
                        12,
                        List.of(Network.INPUT),
                        true));
        assertThat(network.nodes().get(0).description())
                .isEqualTo("time_distributed: TimeDistributed(Dense), 3 x 2 to 3 x 4");
    }

    @Test
    void wordsOfWordsAreCheckedAgainstTheVocabulary() {
        final MaskingLayer.Embedding words =
                new MaskingLayer.Embedding(9, 4, Initializer.RANDOM_UNIFORM, Penalty.NONE, false);

        assertThat(MaskingLayer.ofSamples(Network.of(Shape.of(3, 5), List.of(new TimeDistributed(words)))))
                .containsExactly(words);
        assertThat(MaskingLayer.doubt(Network.of(
                        Shape.of(5, 2),
                        List.of(
                                new MaskingLayer.Masking(0),
                                new TimeDistributed(new NormalizationLayer.BatchNormalization())))))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith("The layer time_distributed (TimeDistributed(BatchNormalization)) does not go on"));
    }

    /** Of a file that somebody made: nothing recurses without end. */
    @Test
    void aFileOfOneInTheOtherIsRefused() {
        final int levels = 1000;
        final String nested = "{\"type\":\"TimeDistributed\",\"layer\":".repeat(levels) + "{\"type\":\"Flatten\"}"
                + "}".repeat(levels);

        assertThatThrownBy(() -> LayerFormat.fromJson(JsonFields.parse(
                        nested.getBytes(StandardCharsets.UTF_8), new JsonFields.Source("A test", "mend it"))))
                .isInstanceOf(InvalidInputException.class);
    }

    private static float[] numbers(final int count) {
        final SplittableRandom random = new SplittableRandom(count);
        final float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    /** The same for a layer alone and one that is wrapped. */
    private static Weights weights(final Network network) {
        final SplittableRandom random = new SplittableRandom(5);
        final Map<String, float[]> values = new HashMap<>();
        final Network.Node node = network.nodes().get(0);
        for (final WeightSpec weight : node.weights()) {
            final float[] numbers = new float[weight.shape().size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) random.nextDouble(0.1, 1);
            }
            values.put(node.weightName(weight), numbers);
        }
        return Weights.of(network, values);
    }

    private static float[] output(final Network network, final Weights weights, final float[] x) {
        return Computed.with(Execution.EAGER, c -> {
            final CallableNetwork callable = Callable.of(network, weights, c, c::machine, new SplittableRandom(1));
            final List<Fetched> outputs = new ArrayList<>();
            final int batch = x.length / network.input().size();
            c.step(() -> outputs.add(c.fetch(callable.call(
                    c.machine().tensor(x, ExportExample.batchOf(network.input(), batch)), Mode.INFERENCE))));
            c.finish();
            return outputs.get(0).numbers();
        });
    }
}
