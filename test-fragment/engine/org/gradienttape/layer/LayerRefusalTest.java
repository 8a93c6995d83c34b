package org.gradienttape.layer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that cannot be, and inputs that they do not take, in one sentence each. */
class LayerRefusalTest {
    private static final WeightSettings SETTINGS = WeightSettings.DEFAULT;
    private static final Window WINDOW = Window.square(3, 1, Padding.VALID);

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(
                        "Conv2D needs a number of filters that its groups divide, but filters is 4 and groups is 3.",
                        () -> conv2D(4, WINDOW, Size.ONE, 3)),
                refused(
                        "Conv2D cannot have strides and a dilation rate above 1 at once, but they are 2 x 2 and 1 x 2.",
                        () -> conv2D(4, Window.square(3, 2, Padding.SAME), new Size(1, 2), 1)),
                refused(
                        "Conv2D needs the padding \"valid\" or \"same\", but it is \"causal\", which Conv1D alone has.",
                        () -> conv2D(4, Window.square(3, 1, Padding.CAUSAL), Size.ONE, 1)),
                refused(
                        "DepthwiseConv2D needs a depth multiplier of at least 1, but it is 0.",
                        () -> new ImageLayer.DepthwiseConv2D(WINDOW, 0, Size.ONE, Activation.NONE, true, SETTINGS)),
                refused(
                        "Conv1D needs a window and strides of at least 1, but they are 0 and 1.",
                        () -> conv1D(0, Padding.VALID)),
                refused("LSTM needs at least 1 unit, but units is 0.", () -> lstm(0, 0)),
                refused("LSTM needs a rate of at least 0 and below 1, but the rate is 1.0.", () -> lstm(4, 1)),
                refused(
                        "SimpleRNN needs a rate of at least 0 and below 1, but the rate is -0.5.",
                        () -> new RecurrentLayer.SimpleRNN(
                                2, Activation.TANH, true, 0, -0.5, false, false, Initializer.ORTHOGONAL, SETTINGS)),
                refused(
                        "LSTM expects sequences of steps x features, but its input has the shape 8; put a Reshape layer"
                                + " before it.",
                        () -> lstm(4, 0).outputShape(Shape.of(8))),
                refused("A size needs numbers of at least 1, but it is 0 x 2.", () -> new Size(0, 2)),
                refused(
                        "Edges need numbers of at least 0, but top, bottom, left and right are 0, 0, -1 and 0.",
                        () -> new Edges(0, 0, -1, 0)),
                refused(
                        "A penalty needs factors of at least 0, but l1 is -1.0 and l2 is 0.0.",
                        () -> new Penalty(-1, 0)),
                refused(
                        "GaussianNoise needs a standard deviation of at least 0, but it is NaN.",
                        () -> new NoiseLayer.GaussianNoise(Double.NaN)),
                refused(
                        "SpatialDropout2D needs a rate of at least 0 and below 1, but the rate is 1.0.",
                        () -> new NoiseLayer.SpatialDropout2D(1)),
                refused(
                        "RandomTranslation needs factors of at least 0 and at most 1, but a factor is 1.5.",
                        () -> new AugmentationLayer.RandomTranslation(0, 1.5, AugmentationLayer.Fill.WRAP, 0)),
                refused(
                        "RandomZoom needs factors of at least 0 and below 1, but a factor is 1.0.",
                        () -> new AugmentationLayer.RandomZoom(1, -1, AugmentationLayer.Fill.WRAP, 0)),
                refused(
                        "RandomContrast needs a smallest pixel below the largest, but they are 1.0 and 1.0.",
                        () -> new AugmentationLayer.RandomContrast(0.5, 1, 1)),
                refused(
                        "Normalization needs as many means as variances, but there are 1 and 2.",
                        () -> new ScalingLayer.Normalization(List.of(1.0), List.of(1.0, 2.0), false)),
                refused(
                        "Normalization needs numbers as means and numbers of at least 0 as variances, but they are [1.0]"
                                + " and [-1.0].",
                        () -> new ScalingLayer.Normalization(List.of(1.0), List.of(-1.0), false)),
                refused(
                        "GroupNormalization needs at least 1 group, or -1 for as many as there are channels, but groups"
                                + " is 0.",
                        () -> new NormalizationLayer.GroupNormalization(0, 1e-3, true, true)));
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                misfit(
                        "Conv2D with 2 groups needs a number of channels that they divide, but its input has 3 channels;"
                                + " choose another number of groups.",
                        conv2D(4, WINDOW, Size.ONE, 2),
                        Shape.of(8, 8, 3)),
                misfit(
                        "Conv2D with a window of 5 x 3 and padding \"valid\" needs images of at least this size, but its"
                                + " input has the shape 4 x 4 x 1; choose a smaller window or padding \"same\".",
                        conv2D(4, WINDOW, new Size(2, 1), 1),
                        Shape.of(4, 4, 1)),
                misfit(
                        "Conv1D expects sequences of steps x features, but its input has the shape 8 x 8 x 3; put a"
                                + " Reshape layer before it.",
                        conv1D(3, Padding.VALID),
                        Shape.of(8, 8, 3)),
                misfit(
                        "Conv1D with a window of 3 steps and padding \"valid\" needs sequences of at least this length,"
                                + " but its input has the shape 2 x 3; choose a smaller window or padding \"same\".",
                        conv1D(3, Padding.VALID),
                        Shape.of(2, 3)),
                misfit(
                        "Cropping2D takes 2, 2, 0 and 0 lines away at top, bottom, left and right, but its input has the"
                                + " shape 4 x 4 x 1; leave at least one pixel.",
                        new ImageFrameLayer.Cropping2D(new Edges(2, 2, 0, 0)),
                        Shape.of(4, 4, 1)),
                misfit(
                        "UpSampling2D would give images of 8589934588 lines for an input of the shape 4 x 4 x 1; choose"
                                + " smaller numbers.",
                        new ImageFrameLayer.UpSampling2D(new Size(Integer.MAX_VALUE, 1)),
                        Shape.of(4, 4, 1)),
                misfit(
                        "Normalization needs one mean, or one for each place on the last axis, but there are 2 and its"
                                + " input has the shape 3.",
                        new ScalingLayer.Normalization(List.of(0.0, 0.0), List.of(1.0, 1.0), false),
                        Shape.of(3)),
                misfit(
                        "GroupNormalization with 32 groups needs a last axis that they divide, but its input has the"
                                + " shape 4 x 4 x 3; choose another number of groups.",
                        new NormalizationLayer.GroupNormalization(32, 1e-3, true, true),
                        Shape.of(4, 4, 3)),
                misfit(
                        "PReLU shares its alphas along axes from 1 to 1 of an input of the shape 3, but the axes are"
                                + " [2].",
                        new ActivationLayer.PReLU(Initializer.ZEROS, List.of(2)),
                        Shape.of(3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void cannotBe(final String sentence, final Supplier<?> made) {
        assertThatThrownBy(made::get).isInstanceOf(InvalidInputException.class).hasMessage(sentence);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfits")
    void doesNotTake(final String sentence, final Layer layer, final Shape input) {
        assertThatThrownBy(() -> Network.of(input, List.of(layer)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Layer 1: " + sentence);
    }

    private static Arguments refused(final String sentence, final Supplier<?> made) {
        return Arguments.of(sentence, made);
    }

    private static Arguments misfit(final String sentence, final Layer layer, final Shape input) {
        return Arguments.of(sentence, layer, input);
    }

    private static Layer conv2D(final int filters, final Window kernel, final Size dilation, final int groups) {
        return new ImageLayer.Conv2D(filters, kernel, dilation, groups, Activation.NONE, true, SETTINGS);
    }

    private static RecurrentLayer.LSTM lstm(final int units, final double dropout) {
        return DefaultLayers.lstm(units, dropout, false);
    }

    private static Layer conv1D(final int size, final Padding padding) {
        return new SequenceLayer.Conv1D(4, size, 1, padding, 1, 1, Activation.NONE, true, SETTINGS);
    }
}
