package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.gradienttape.graph.Convolutions;
import org.gradienttape.graph.Filling;
import org.gradienttape.graph.Program;

/**
 * Whether libtorch's convolutions are right on this machine. The oneDNN 3.7.1 in it makes mistakes where a processor does not
 * tell the size of its caches, as an AMD processor in a virtual machine that hides them: it rearranges the numbers of images
 * and kernels by blocks of channels, does so in smaller pieces than it can handle, and leaves what lies behind the last
 * channel as it was, or writes zeros over numbers.
 *
 * <p>Convolutions of small whole numbers are compared with what they have to be, in memory that held no numbers before.
 */
final class ConvolutionCheck {
    private static final int SIZE = 6;
    private static final int DIRTY_ARRAYS = 40;
    private static final int DIRTY_STEP = 100;

    private ConvolutionCheck() {}

    /**
     * A convolution with padding 1 of one image of 6 x 6.
     *
     * @param in channels
     * @param out channels
     * @param kernel its height and width
     */
    record Convolution(boolean transposed, int in, int out, int groups, int kernel, int stride) {
        /** A channel more than a block has, a single channel, an odd number of blocks, and groups that do not end with a block. */
        static final List<Convolution> ALL = List.of(
                new Convolution(false, 17, 16, 1, 3, 1),
                new Convolution(true, 1, 1, 1, 4, 1),
                new Convolution(true, 1, 48, 1, 4, 2),
                new Convolution(true, 18, 146, 2, 2, 2));

        float[] images() {
            return cycle(in * SIZE * SIZE, 7);
        }

        float[] kernels() {
            return cycle(in * out / groups * kernel * kernel, 5);
        }

        private static float[] cycle(final int count, final int length) {
            final float[] numbers = new float[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = i % length - length / 2;
            }
            return numbers;
        }

        Shape kernelShape() {
            return transposed
                    ? new Shape(in, out / groups, kernel, kernel)
                    : new Shape(out, in / groups, kernel, kernel);
        }

        /** Height and width of the result. */
        int size() {
            return transposed ? (SIZE - 1) * stride - 2 + kernel : (SIZE + 2 - kernel) / stride + 1;
        }

        /** What it has to give. */
        float[] expected() {
            final float[] images = images();
            final float[] kernels = kernels();
            final int convolved = transposed ? SIZE : size();
            final int whole = transposed ? size() : SIZE;
            final int fromPerGroup = in / groups;
            final int toPerGroup = out / groups;
            final float[] sums = new float[out * size() * size()];
            for (int to = 0; to < out; to++) {
                for (int place = 0; place < fromPerGroup; place++) {
                    final int from = to / toPerGroup * fromPerGroup + place;
                    final int start = (transposed ? from * toPerGroup + to % toPerGroup : to * fromPerGroup + place)
                            * kernel
                            * kernel;
                    for (int i = 0; i < convolved * convolved * kernel * kernel; i++) {
                        final int inKernel = i % (kernel * kernel);
                        final int window = i / (kernel * kernel);
                        final int row = window / convolved * stride + inKernel / kernel - 1;
                        final int column = window % convolved * stride + inKernel % kernel - 1;
                        if (row >= 0 && row < whole && column >= 0 && column < whole) {
                            final int pixel = row * whole + column;
                            sums[to * size() * size() + (transposed ? pixel : window)] +=
                                    images[from * SIZE * SIZE + (transposed ? window : pixel)]
                                            * kernels[start + inKernel];
                        }
                    }
                }
            }
            return sums;
        }

        /**
         * The expression for it.
         *
         * @param images the name of the images
         * @param kernel the name of the kernel
         */
        String text(final Convolutions convolutions, final String images, final String kernel) {
            if (transposed) {
                final Filling filling = convolutions.filling(in, out / groups, groups);
                return filling.ownImages(
                        String.format(
                                Locale.ROOT,
                                "torch.conv_transpose2d(%s, %s, None, [%d, %d], [1, 1], [0, 0], %d)",
                                filling.convolved(images),
                                filling.kernel(kernel),
                                stride,
                                stride,
                                groups),
                        size(),
                        size());
            }
            final Filling filling = convolutions.filling(out, in / groups, groups);
            return filling.ownConvolved(String.format(
                    Locale.ROOT,
                    "torch.conv2d(%s, %s, None, [%d, %d], [1, 1], [1, 1], %d)",
                    filling.images(images, SIZE, SIZE),
                    filling.kernel(kernel),
                    stride,
                    stride,
                    groups));
        }
    }

    /** Computes them on the CPU. */
    static boolean passes(final TorchEngine engine, final Convolutions convolutions) {
        try (NDManager arrays = engine.newManager(ai.djl.Device.cpu())) {
            leaveDirt(arrays);
            final NDList computed = computed((PtNDManager) arrays, convolutions);
            return IntStream.range(0, Convolution.ALL.size())
                    .allMatch(i -> Arrays.equals(
                            computed.get(i).toFloatArray(),
                            Convolution.ALL.get(i).expected()));
        }
    }

    private static NDList computed(final PtNDManager arrays, final Convolutions convolutions) {
        final List<IValue> arguments = new ArrayList<>();
        for (final Convolution one : Convolution.ALL) {
            arguments.add(value(arrays.create(one.images(), new Shape(1, one.in, SIZE, SIZE))));
            arguments.add(value(arrays.create(one.kernels(), one.kernelShape())));
        }
        try (ProgramModule program = new ProgramModule(method(convolutions), arrays)) {
            return program.run(arguments.toArray(IValue[]::new), arrays);
        } finally {
            arguments.forEach(IValue::close);
        }
    }

    private static String method(final Convolutions convolutions) {
        final StringBuilder parameters = new StringBuilder();
        final List<String> results = new ArrayList<>();
        for (int i = 0; i < Convolution.ALL.size(); i++) {
            parameters.append(", x" + i + ": Tensor, w" + i + ": Tensor");
            results.add(Convolution.ALL.get(i).text(convolutions, "x" + i, "w" + i));
        }
        return "def " + Program.METHOD + "(self" + parameters + ") -> List[Tensor]:\n  return ["
                + String.join(", ", results) + "]\n";
    }

    private static IValue value(final NDArray array) {
        return IValue.from((PtNDArray) array);
    }

    /** Memory that was used before, and is free again, is what shows that something in it is not written. */
    static void leaveDirt(final NDManager arrays) {
        for (int i = 1; i <= DIRTY_ARRAYS; i++) {
            final float[] dirt = new float[i * DIRTY_STEP];
            Arrays.fill(dirt, Float.NaN);
            arrays.create(dirt).close();
        }
    }
}
