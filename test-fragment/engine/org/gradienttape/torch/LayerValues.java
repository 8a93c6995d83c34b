package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.layer.Window;
import org.junit.jupiter.api.Test;

/** Single layers on numbers that can be worked out by hand, above all at the edges of images. */
abstract class LayerValues {
    /**
     * What calls leave.
     *
     * @param outputs of each call
     * @param weights after them
     */
    record Outcome(List<float[]> outputs, Map<String, float[]> weights) {}

    /** Calls a network on the same batch in one mode after the other. */
    abstract Outcome run(Network network, Weights start, float[] batch, long[] shape, List<Mode> modes);

    /** 1 to 16 in rows of four. TensorFlow pads 3 x 3 with stride 2 by 0 before and 1 after. */
    @Test
    void convolutionPadsUnevenlyAtTheEnd() {
        assertThat(sums(Window.square(3, 2, Padding.SAME), 4))
                .containsExactly(
                        1 + 2 + 3 + 5 + 6 + 7 + 9 + 10 + 11,
                        3 + 4 + 7 + 8 + 11 + 12,
                        9 + 10 + 11 + 13 + 14 + 15,
                        11 + 12 + 15 + 16);
        assertThat(sums(Window.square(2, 1, Padding.SAME), 2)).containsExactly(1 + 2 + 3 + 4, 2 + 4, 3 + 4, 4);
    }

    @Test
    void convolutionPadsEvenlyAroundAnOddWindow() {
        assertThat(sums(Window.square(3, 1, Padding.SAME), 2)).containsExactly(10, 10, 10, 10);
        assertThat(sums(Window.square(3, 2, Padding.SAME), 3))
                .containsExactly(1 + 2 + 4 + 5, 2 + 3 + 5 + 6, 4 + 5 + 7 + 8, 5 + 6 + 8 + 9);
    }

    @Test
    void convolutionWithoutPaddingLeavesTheRestOut() {
        assertThat(sums(Window.square(2, 2, Padding.VALID), 3)).containsExactly(1 + 2 + 4 + 5);
    }

    /** A pixel (1, 2), a 1 x 1 kernel of [in = 2, out = 3]: 1 * (1, 2, 3) + 2 * (4, 5, 6), plus the bias. */
    @Test
    void convolutionKernelsAreHeightWidthInOut() {
        final ImageLayer.Conv2D layer = new ImageLayer.Conv2D(3, Window.square(1, 1, Padding.VALID), Activation.NONE);

        assertThat(output(layer, Shape.of(1, 1, 2), new float[] {1, 2}, range(6), new float[] {10, 20, 30}))
                .containsExactly(19, 32, 45);
    }

    /** The same pixel, a kernel of [out = 3, in = 2]: (1 + 2 * 2, 3 + 2 * 4, 5 + 2 * 6), plus the bias. */
    @Test
    void transposedKernelsAreHeightWidthOutIn() {
        final ImageLayer.Conv2DTranspose layer =
                new ImageLayer.Conv2DTranspose(3, Window.square(1, 1, Padding.VALID), Activation.NONE);

        assertThat(output(layer, Shape.of(1, 1, 2), new float[] {1, 2}, range(6), new float[] {10, 20, 30}))
                .containsExactly(15, 31, 47);
    }

    /** Kernels are 1, 2, 3 ... in rows; of the window around a single pixel 1 only a part lies in the output. */
    @Test
    void transposedConvolutionCutsWhatTheConvolutionPads() {
        assertThat(spread(Window.square(4, 2, Padding.SAME))).containsExactly(6, 7, 10, 11);
        assertThat(spread(Window.square(3, 2, Padding.SAME))).containsExactly(1, 2, 4, 5);
        assertThat(spread(Window.square(3, 1, Padding.SAME))).containsExactly(5);
        assertThat(spread(Window.square(2, 2, Padding.VALID))).containsExactly(1, 2, 3, 4);
    }

    @Test
    void transposedConvolutionFillsUpWindowsSmallerThanTheStride() {
        for (final Padding padding : List.of(Padding.VALID, Padding.SAME)) {
            assertThat(spread(Window.square(2, 3, padding))).containsExactly(1, 2, 0, 3, 4, 0, 0, 0, 0);
        }
    }

    @Test
    void maxPoolingIgnoresPadding() {
        final float[] negative = new float[] {-1, -2, -3, -4, -5, -6, -7, -8, -9};

        assertThat(output(new ImageLayer.MaxPooling2D(Window.square(2, 2, Padding.SAME)), Shape.of(3, 3, 1), negative))
                .containsExactly(-1, -3, -7, -9);
    }

    @Test
    void averagePoolingDoesNotCountPadding() {
        assertThat(output(
                        new ImageLayer.AveragePooling2D(Window.square(2, 2, Padding.SAME)),
                        Shape.of(3, 3, 1),
                        range(9)))
                .containsExactly(3, 4.5f, 7.5f, 9);
        assertThat(output(
                        new ImageLayer.AveragePooling2D(Window.square(3, 1, Padding.SAME)),
                        Shape.of(2, 2, 1),
                        range(4)))
                .containsExactly(2.5f, 2.5f, 2.5f, 2.5f);
    }

    @Test
    void globalPoolingKeepsChannelsApart() {
        final float[] image = {1, -1, 2, -2, 3, -3, 4, -6};

        assertThat(output(new ImageLayer.GlobalMaxPooling2D(), Shape.of(2, 2, 2), image))
                .containsExactly(4, -1);
        assertThat(output(new ImageLayer.GlobalAveragePooling2D(), Shape.of(2, 2, 2), image))
                .containsExactly(2.5f, -3);
    }

    /** By keras.io/api/layers/activations, computed with Python's math module. */
    @Test
    void activationsHaveKerasValues() {
        final float[] numbers = {-1, 0, 2};
        final Map<Layer, double[]> expected = new LinkedHashMap<>();
        expected.put(new ActivationLayer.LeakyReLU(), new double[] {-0.3, 0, 2});
        expected.put(new ActivationLayer.ELU(), new double[] {-0.6321205588285577, 0, 2});
        expected.put(new ActivationLayer.GELU(false), new double[] {-0.15865525393145707, 0, 1.9544997361036416});
        expected.put(new ActivationLayer.GELU(true), new double[] {-0.15880800939172324, 0, 1.954597694087775});
        expected.put(new ActivationLayer.SiLU(), new double[] {-0.2689414213699951, 0, 1.7615941559557646});
        expected.put(new ActivationLayer.Sigmoid(), new double[] {0.2689414213699951, 0.5, 0.8807970779778823});
        expected.put(new ActivationLayer.Tanh(), new double[] {-0.7615941559557649, 0, 0.9640275800758169});
        expected.put(
                new ActivationLayer.Softmax(),
                new double[] {0.04201006613406605, 0.11419519938459449, 0.8437947344813395});

        expected.forEach((layer, values) -> {
            final float[] found = output(layer, Shape.of(3), numbers);
            for (int i = 0; i < values.length; i++) {
                assertThat((double) found[i]).as("%s of %s", layer, numbers[i]).isCloseTo(values[i], within(3e-7));
            }
        });
    }

    /** 0 and 4 in a batch: mean 2, variance 4 (not 8, as with n - 1), so -2 and 2 over the root of 4.001. */
    @Test
    void batchNormalizationMovesItsStatisticsWhileTraining() {
        final Network network = Network.of(Shape.of(1), List.of(new NormalizationLayer.BatchNormalization()));
        final Outcome outcome = run(
                network,
                Weights.initial(network, 0),
                new float[] {0, 4},
                new long[] {2, 1},
                List.of(Mode.TRAINING, Mode.INFERENCE));

        assertThat(outcome.outputs().get(0)).containsExactly(new float[] {-0.999875f, 0.999875f}, within(1e-6f));
        assertThat(outcome.weights().get("batch_normalization/moving_mean"))
                .containsExactly(new float[] {0.02f}, within(1e-7f)); // 0.99 * 0 + 0.01 * 2
        assertThat(outcome.weights().get("batch_normalization/moving_variance"))
                .containsExactly(new float[] {1.03f}, within(1e-6f)); // 0.99 * 1 + 0.01 * 4
        // (0 - 0.02) / sqrt(1.031) and (4 - 0.02) / sqrt(1.031)
        assertThat(outcome.outputs().get(1)).containsExactly(new float[] {-0.0196970f, 3.9197068f}, within(1e-5f));
    }

    /** 1 and 3: mean 2, variance 1, so -1 and 1 over the root of 1.001. */
    @Test
    void layerNormalizationWorksAlongTheLastAxis() {
        assertThat(output(
                        new NormalizationLayer.LayerNormalization(),
                        Shape.of(2, 2),
                        new float[] {1, 3, 10, 10},
                        new float[] {1, 1},
                        new float[] {0, 5}))
                .containsExactly(new float[] {-0.9995004f, 5.9995004f, 0, 5}, within(1e-6f));
    }

    /** The sums of all windows over an image of 1, 2, 3 ... */
    private float[] sums(final Window window, final int size) {
        final float[] ones = new float[window.area()];
        Arrays.fill(ones, 1);
        return output(
                new ImageLayer.Conv2D(1, window, Activation.NONE, false),
                Shape.of(size, size, 1),
                range(size * size),
                ones);
    }

    /** What a transposed convolution with the kernel 1, 2, 3 ... makes of one pixel 1. */
    private float[] spread(final Window window) {
        return output(
                new ImageLayer.Conv2DTranspose(1, window, Activation.NONE, false),
                Shape.of(1, 1, 1),
                new float[] {1},
                range(window.area()));
    }

    private float[] output(final Layer layer, final Shape shape, final float[] sample, final float[]... weights) {
        final Network network = Network.of(shape, List.of(layer));
        final Map<String, float[]> named = new LinkedHashMap<>();
        Weights.initial(network, 0).names().forEach(name -> named.put(name, weights[named.size()]));
        final long[] batch = LongStream.concat(
                        LongStream.of(1), shape.dimensions().stream().mapToLong(Integer::longValue))
                .toArray();
        return run(network, Weights.of(network, named), sample, batch, List.of(Mode.INFERENCE))
                .outputs()
                .get(0);
    }

    /** 1, 2, 3 ... */
    private static float[] range(final int count) {
        final float[] numbers = new float[count];
        IntStream.range(0, count).forEach(i -> numbers[i] = i + 1);
        return numbers;
    }
}
