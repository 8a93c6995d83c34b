package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gradienttape.graph.Convolutions;
import org.gradienttape.graph.Graph;
import org.gradienttape.graph.Products;
import org.gradienttape.graph.Program;
import org.gradienttape.graph.TorchExpression;
import org.gradienttape.graph.TorchWriter;
import org.gradienttape.graph.Trace;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Convolutions with further channels are those without them, number by number, on every machine: all factors are small whole
 * numbers, so that sums are exact. What is expected is computed in double precision, in which oneDNN has no part.
 */
class FilledConvolutionsTest {
    /** Batch, filters, channels of a group, groups; height and width of the images, of the kernel; strides, padding, distance. */
    private record Case(
            int batch, int filters, int channels, int groups, int height, int width, int[] kernel, long[] geometry) {
        static Case of(final SplittableRandom random) {
            final int groups = random.nextInt(3) > 0 ? 1 : random.nextInt(2, 5);
            final int[] kernel = {random.nextInt(1, 5), random.nextInt(1, 5)};
            final long[] geometry = {
                random.nextInt(1, 4),
                random.nextInt(1, 4),
                random.nextInt(0, 3),
                random.nextInt(0, 3),
                random.nextInt(1, 3),
                random.nextInt(1, 3),
                groups
            };
            return new Case(
                    random.nextInt(1, 20),
                    groups * random.nextInt(1, random.nextBoolean() ? 4 : 60),
                    random.nextInt(1, random.nextBoolean() ? 4 : 60),
                    groups,
                    (int) geometry[4] * (kernel[0] - 1) + random.nextInt(1, 12),
                    (int) geometry[5] * (kernel[1] - 1) + random.nextInt(1, 12),
                    kernel,
                    geometry);
        }
    }

    static Stream<Arguments> cases() {
        return LongStream.range(0, 40)
                .mapToObj(seed -> Arguments.of(seed, Case.of(new SplittableRandom(seed)), seed % 2 == 0));
    }

    /** The convolution, both of its gradients and the transposed one, of images that lie channel by channel or pixel by pixel. */
    @ParameterizedTest
    @MethodSource("cases")
    void areExact(final long seed, final Case one, final boolean isByPixels) {
        final Trace trace = Trace.ofOperations();
        trace.begin();
        final SplittableRandom random = new SplittableRandom(seed);
        final Tensor images =
                images(trace, random, isByPixels, one.batch, one.channels * one.groups, one.height, one.width);
        final Tensor kernel = numbers(trace, random, one.filters, one.channels, one.kernel[0], one.kernel[1]);
        try (GradientTape tape = new GradientTape()) {
            tape.watch(images);
            tape.watch(kernel);
            final Tensor convolved = images.convolveWithBias(kernel, numbers(trace, random, one.filters), one.geometry);
            final Tensor others =
                    images(trace, random, isByPixels, one.batch, one.filters, (int) convolved.size(2), (int)
                            convolved.size(3));
            trace.output(convolved);
            tape.gradient(convolved.mul(others).sum(), List.of(images, kernel)).forEach(trace::output);
            trace.output(others.convolveImagesWithBias(
                    kernel, numbers(trace, random, one.channels * one.groups), one.geometry, one.height, one.width));
        }

        assertThat(run(trace, TorchExpression.SINGLE, Convolutions.FILLED))
                .isDeepEqualTo(run(trace, TorchExpression.DOUBLE, Convolutions.PLAIN));
    }

    /** Blocks of 16 channels, one or an even number of them; those of groups only where they have more than a block. */
    @ParameterizedTest
    @CsvSource({
        "1, 3, 1, 15, 13",
        "16, 17, 1, 0, 15",
        "32, 48, 1, 0, 16",
        "10, 64, 1, 6, 0",
        "65, 33, 1, 31, 31",
        "48, 1, 48, 0, 0",
        "48, 42, 2, 0, 22"
    })
    void areFilledUpToWholeBlocks(
            final int filters, final int channels, final int groups, final int moreFilters, final int moreChannels) {
        final var filling = Convolutions.FILLED.filling(filters, channels, groups);

        assertThat(filling.moreFilters()).isEqualTo(moreFilters);
        assertThat(filling.moreChannels()).isEqualTo(moreChannels);
    }

    /** Where images are not much larger unfolded, and the pixels of a window are neighbours. */
    @ParameterizedTest
    @CsvSource({"1, 28, 1, true", "4, 28, 1, true", "5, 28, 1, false", "1, 28, 2, false", "4, 200, 1, false"})
    void fewChannelsAreLeftToLibtorch(
            final int channels, final int size, final int dilation, final boolean areUnfolded) {
        final Trace trace = Trace.ofOperations();
        trace.begin();
        final Tensor images = trace.full(1, 8, channels, size, size);
        trace.output(images.convolve(trace.full(1, 2, channels, 3, 3), 1, 1, 0, 0, dilation, dilation));

        assertThat(program(trace, TorchExpression.SINGLE, Convolutions.FILLED)
                        .method()
                        .contains("_slow_conv2d_forward"))
                .isEqualTo(areUnfolded);
    }

    private static Tensor images(
            final Trace trace,
            final SplittableRandom random,
            final boolean isByPixels,
            final int batch,
            final int channels,
            final int height,
            final int width) {
        return isByPixels
                ? numbers(trace, random, batch, height, width, channels).permute(0, 3, 1, 2)
                : numbers(trace, random, batch, channels, height, width);
    }

    private static Tensor numbers(final Trace trace, final SplittableRandom random, final long... shape) {
        final float[] numbers = new float[(int) LongStream.of(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextInt(-3, 4);
        }
        return trace.tensor(numbers, shape);
    }

    private static Program program(final Trace trace, final int dtype, final Convolutions convolutions) {
        return TorchWriter.writeOnce(
                Graph.of(trace),
                new TorchWriter.Sizes(0, trace.ofStep().floats().length, 0),
                new TorchWriter.Target(dtype, Products.PLAIN, convolutions, false, () -> false, 1),
                List.of());
    }

    private static double[][] run(final Trace trace, final int dtype, final Convolutions convolutions) {
        final float[] floats = trace.ofStep().floats();
        final Program program = program(trace, dtype, convolutions);
        final TorchEngine engine = TorchEngine.start();
        return engine.compute(1, () -> {
            try (NDManager owner = engine.newManager(ai.djl.Device.cpu())) {
                final PtNDManager arrays = (PtNDManager) owner;
                final NDArray brought = arrays.create(floats)
                        .toType(dtype == TorchExpression.DOUBLE ? DataType.FLOAT64 : DataType.FLOAT32, false);
                try (ProgramModule module = new ProgramModule(program.method(), arrays);
                        IValue steps = IValue.from(1L);
                        IValue integers = IValue.from((PtNDArray) arrays.create(new long[1]));
                        IValue values = IValue.from((PtNDArray) brought);
                        IValue numbers = IValue.listFrom(new double[1])) {
                    return module.run(new IValue[] {steps, integers, values, numbers}, arrays).stream()
                            .map(result ->
                                    result.toType(DataType.FLOAT64, false).toDoubleArray())
                            .toArray(double[][]::new);
                }
            }
        });
    }
}
