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
import java.util.stream.IntStream;
import org.gradienttape.graph.Program;

/**
 * Whether libtorch's convolutions are right on this machine. The oneDNN 3.7.1 in it makes mistakes where a processor does not
 * tell the size of its caches, as an AMD processor in a virtual machine that hides them: it rearranges the numbers of images
 * and kernels by blocks of channels, does so in smaller pieces than it can handle, and leaves what lies behind the last
 * channel as it was, or writes zeros over numbers.
 *
 * <p>Two convolutions of small whole numbers are compared with what they have to be, one with a channel more than a block has,
 * one with a single channel, in memory that held no numbers before.
 */
final class ConvolutionCheck {
    private static final int SIZE = 6;
    private static final int DIRTY_ARRAYS = 40;
    private static final int DIRTY_STEP = 100;

    private static final String METHOD = """
            def %s(self, x: Tensor, w: Tensor, y: Tensor, v: Tensor) -> List[Tensor]:
              return [torch.conv2d(x, w, None, [1, 1], [1, 1]), torch.conv_transpose2d(y, v, None, [1, 1], [1, 1])]
            """.formatted(Program.METHOD);

    private ConvolutionCheck() {}

    /**
     * A convolution with stride 1 and padding 1 of one image of 6 x 6.
     *
     * @param in channels
     * @param out channels
     * @param kernel its height and width
     */
    record Convolution(boolean transposed, int in, int out, int kernel) {
        /** In the order of the program. */
        static final List<Convolution> ALL = List.of(new Convolution(false, 17, 16, 3), new Convolution(true, 1, 1, 4));

        float[] images() {
            return cycle(in * SIZE * SIZE, 7);
        }

        float[] kernels() {
            return cycle(in * out * kernel * kernel, 5);
        }

        private static float[] cycle(final int count, final int length) {
            final float[] numbers = new float[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = i % length - length / 2;
            }
            return numbers;
        }

        Shape kernelShape() {
            return transposed ? new Shape(in, out, kernel, kernel) : new Shape(out, in, kernel, kernel);
        }

        /** Height and width of the result. */
        int size() {
            return transposed ? SIZE + kernel - 3 : SIZE + 3 - kernel;
        }

        /** What it has to give. */
        float[] expected() {
            final float[] images = images();
            final float[] kernels = kernels();
            final int size = size();
            final float[] sums = new float[out * size * size];
            for (int to = 0; to < out; to++) {
                for (int from = 0; from < in; from++) {
                    final int start = (transposed ? from * out + to : to * in + from) * kernel * kernel;
                    for (int i = 0; i < size * SIZE * size * SIZE; i++) {
                        final int y = i / (SIZE * size * SIZE);
                        final int row = i / (size * SIZE) % SIZE;
                        final int x = i / SIZE % size;
                        final int column = i % SIZE;
                        final int down = 1 + (transposed ? y - row : row - y);
                        final int right = 1 + (transposed ? x - column : column - x);
                        if (down >= 0 && down < kernel && right >= 0 && right < kernel) {
                            sums[(to * size + y) * size + x] += images[(from * SIZE + row) * SIZE + column]
                                    * kernels[start + down * kernel + right];
                        }
                    }
                }
            }
            return sums;
        }
    }

    /** Computes them on the CPU. */
    static boolean passes(final TorchEngine engine) {
        try (NDManager arrays = engine.newManager(ai.djl.Device.cpu())) {
            leaveDirt(arrays);
            final NDList computed = computed((PtNDManager) arrays);
            return IntStream.range(0, Convolution.ALL.size())
                    .allMatch(i -> Arrays.equals(
                            computed.get(i).toFloatArray(),
                            Convolution.ALL.get(i).expected()));
        }
    }

    private static NDList computed(final PtNDManager arrays) {
        final List<IValue> arguments = new ArrayList<>();
        for (final Convolution one : Convolution.ALL) {
            arguments.add(value(arrays.create(one.images(), new Shape(1, one.in, SIZE, SIZE))));
            arguments.add(value(arrays.create(one.kernels(), one.kernelShape())));
        }
        try (ProgramModule program = new ProgramModule(METHOD, arrays)) {
            return program.run(arguments.toArray(IValue[]::new), arrays);
        } finally {
            arguments.forEach(IValue::close);
        }
    }

    private static IValue value(final NDArray array) {
        return IValue.from((PtNDArray) array);
    }

    /** Memory that was used before, and is free again, is what shows that something in it is not written. */
    private static void leaveDirt(final NDManager arrays) {
        for (int i = 1; i <= DIRTY_ARRAYS; i++) {
            final float[] dirt = new float[i * DIRTY_STEP];
            Arrays.fill(dirt, Float.NaN);
            arrays.create(dirt).close();
        }
    }
}
