package org.gradienttape.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.AttentionLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Size;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.layer.Weights;
import org.gradienttape.layer.Window;
import org.gradienttape.layer.WrapperLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Safetensors of other programs. The numbers count up in the file's order, so that each says where it stood. */
class NamedWeightsTest {
    private static final Network DENSE = Network.of(Shape.of(3), List.of(new Layer.Dense(2, Activation.NONE)));
    private static final Map<String, String> NAMES = Map.of("dense/kernel", "fc.weight", "dense/bias", "fc.bias");

    /** 0 to 7 as numpy.float16 has them. */
    private static final int[] HALVES = {0, 0x3c00, 0x4000, 0x4200, 0x4400, 0x4500, 0x4600, 0x4700};

    @TempDir
    private Path folder;

    @Test
    void aDenseKernelOfPyTorchIsTransposed() throws IOException {
        final Path file = file("F32", "fc.weight", List.of(2, 3), "fc.bias", List.of(2), "other", List.of(1));

        final Weights weights = NamedWeights.read(file, DENSE, NAMES, Layout.PYTORCH);

        assertThat(weights.get("dense/kernel")).containsExactly(0, 3, 1, 4, 2, 5);
        assertThat(weights.get("dense/bias")).containsExactly(6, 7);
    }

    @Test
    void aKernelInOurLayoutIsTakenAsItIs() throws IOException {
        final Path file = file("BF16", "dense/kernel", List.of(3, 2), "dense/bias", List.of(2));

        final Weights weights = NamedWeights.read(file, DENSE, Map.of(), Layout.KERAS);

        assertThat(weights.get("dense/kernel")).containsExactly(0, 1, 2, 3, 4, 5);
    }

    /** PyTorch: outputs x inputs x rows x columns; transposed, inputs x outputs x rows x columns; depthwise, 6 x 1 x 1 x 2. */
    @Test
    void kernelsOfConvolutionsAreTransposed() throws IOException {
        final Window window = new Window(1, 2, 1, 1, Padding.SAME);
        final Network network = Network.of(
                Shape.of(4, 4, 3),
                List.of(
                        new ImageLayer.Conv2D(2, window, Activation.NONE, false),
                        new ImageLayer.Conv2DTranspose(3, window, Activation.NONE, false),
                        new ImageLayer.DepthwiseConv2D(
                                window, 2, new Size(1, 1), Activation.NONE, false, WeightSettings.DEFAULT)));
        final Path file = file(
                "F32",
                "conv2d/kernel",
                List.of(2, 3, 1, 2),
                "conv2d_transpose/kernel",
                List.of(2, 3, 1, 2),
                "depthwise_conv2d/kernel",
                List.of(6, 1, 1, 2));

        final Weights weights = NamedWeights.read(file, network, Map.of(), Layout.PYTORCH);

        assertThat(weights.get("conv2d/kernel")).containsExactly(0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11);
        assertThat(weights.get("conv2d_transpose/kernel"))
                .containsExactly(12, 18, 14, 20, 16, 22, 13, 19, 15, 21, 17, 23);
        assertThat(weights.get("depthwise_conv2d/kernel"))
                .containsExactly(24, 26, 28, 30, 32, 34, 25, 27, 29, 31, 33, 35);
    }

    /** The layer within says in which order its kernels stand; its weights have the name of the outer one. */
    @Test
    void kernelsOfLayersThatAreCalledForEachStepAreTransposedToo() throws IOException {
        final Window window = new Window(1, 2, 1, 1, Padding.SAME);
        final Network network = Network.of(
                Shape.of(2, 4, 4, 3),
                List.of(
                        new WrapperLayer.TimeDistributed(new ImageLayer.DepthwiseConv2D(
                                window, 2, new Size(1, 1), Activation.NONE, false, WeightSettings.DEFAULT)),
                        new WrapperLayer.TimeDistributed(new Layer.Flatten()),
                        new WrapperLayer.TimeDistributed(new Layer.Dense(2, Activation.NONE))));
        final Path file = file(
                "F32", "net.0.weight", List.of(6, 1, 1, 2), "net.2.weight", List.of(2, 96), "net.2.bias", List.of(2));

        final Weights weights = NamedWeights.read(
                file,
                network,
                Map.of(
                        "time_distributed/kernel", "net.0.weight",
                        "time_distributed_2/kernel", "net.2.weight",
                        "time_distributed_2/bias", "net.2.bias"),
                Layout.PYTORCH);

        assertThat(weights.get("time_distributed/kernel")).containsExactly(0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11);
        assertThat(weights.get("time_distributed_2/kernel")).startsWith(12, 108, 13, 109);
        assertThat(weights.get("time_distributed_2/bias")).containsExactly(204, 205);
    }

    /** PyTorch, the depthwise kernel: 3 x 1 x 1 x 2, for 3 channels; the pointwise kernel: outputs x inputs x 1 x 1. */
    @Test
    void bothKernelsOfASeparableConvolutionAreTransposed() throws IOException {
        final Window window = new Window(1, 2, 1, 1, Padding.SAME);
        final Network network = Network.of(
                Shape.of(4, 4, 3),
                List.of(new ImageLayer.SeparableConv2D(
                        2, window, 1, new Size(1, 1), Activation.NONE, false, WeightSettings.DEFAULT)));
        final Path file = file(
                "F32",
                "separable_conv2d/depthwise_kernel",
                List.of(3, 1, 1, 2),
                "separable_conv2d/pointwise_kernel",
                List.of(2, 3, 1, 1));

        final Weights weights = NamedWeights.read(file, network, Map.of(), Layout.PYTORCH);

        assertThat(weights.get("separable_conv2d/depthwise_kernel")).containsExactly(0, 2, 4, 1, 3, 5);
        assertThat(weights.get("separable_conv2d/pointwise_kernel")).containsExactly(6, 9, 7, 10, 8, 11);
    }

    /** Which is read in pieces. */
    @Test
    void aLargeKernelIsReadWhole() throws IOException {
        final Network network = Network.of(Shape.of(40_000), List.of(new Layer.Dense(1, Activation.NONE)));
        final Path file = file("F32", "dense/kernel", List.of(1, 40_000), "dense/bias", List.of(1));

        final float[] kernel =
                NamedWeights.read(file, network, Map.of(), Layout.PYTORCH).get("dense/kernel");

        for (int i = 0; i < 40_000; i++) {
            assertThat(kernel[i]).isEqualTo(i);
        }
    }

    @Test
    void ofManyNamesTwentyAreTold() throws IOException {
        final List<Object> tensors = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tensors.addAll(List.of("%02d".formatted(i), List.of(1)));
        }
        final String told =
                "but it holds 00, 01, 02, 03, 04, 05, 06, 07, 08, 09, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19";

        assertRefused(file("F32", tensors.toArray()), NAMES, Layout.PYTORCH, told + "; correct");
        tensors.addAll(List.of("20", List.of(1)));
        assertRefused(file("F32", tensors.toArray()), NAMES, Layout.PYTORCH, told + " and others; correct");
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() throws IOException {
        final Path file = file("F32", "fc.weight", List.of(2, 3), "fc.bias", List.of(2));
        final byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - Float.BYTES, Float.NaN);
        Files.write(file, bytes);

        assertRefused(file, NAMES, Layout.PYTORCH, "dense/bias holds NaN or an infinite one");
        Files.delete(file);
        assertRefused(
                file,
                NAMES,
                Layout.PYTORCH,
                "A file of weights was expected at " + file + ", but it does not exist; choose a file.");
    }

    @Test
    void whatDoesNotFitIsNamed() throws IOException {
        final Path file = file("F32", "fc.weight", List.of(2, 3), "fc.bias", List.of(2));

        assertRefused(
                file, NAMES, Layout.KERAS, "fc.weight, the weight dense/kernel, should be 3 x 2, but it is 2 x 3");
        assertRefused(
                file,
                Map.of("dense/bias", "bias", "dense/kernel", "fc.weight"),
                Layout.PYTORCH,
                "the weight dense/bias was expected under the name bias, but it holds fc.bias, fc.weight");
        assertRefused(
                file,
                Map.of("dens/kernel", "fc.weight"),
                Layout.PYTORCH,
                "the weights dense/bias, dense/kernel were expected in the table of names, but it has dens/kernel");
        final byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused(file, NAMES, Layout.PYTORCH, "The weight file " + file);
        }
        assertRefused(
                file("I64", "fc.weight", List.of(2, 3), "fc.bias", List.of(2)),
                NAMES,
                Layout.PYTORCH,
                "the field fc.weight.dtype should be F32, BF16, F16, F64, but it is I64");
    }

    /** As torch.tensor([0, 1, 2, 3, 4, 5]).half() and .double() are stored. */
    @Test
    void halvesAndDoublesAreRead() throws IOException {
        for (final String type : List.of("F16", "F64")) {
            final Path file = file(type, "dense/kernel", List.of(3, 2), "dense/bias", List.of(2));

            final Weights weights = NamedWeights.read(file, DENSE, Map.of(), Layout.KERAS);

            assertThat(weights.get("dense/kernel")).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(weights.get("dense/bias")).containsExactly(6, 7);
        }
    }

    /** IEEE 754: the smallest, the largest that is not normal, -1/3 as near as it comes, the largest, infinity. */
    @Test
    void everyHalfIsAFloat() {
        final ByteBuffer halves = ByteBuffer.allocate(14);
        for (final int half : new int[] {0x0001, 0x03ff, 0xb555, 0x7bff, 0x8000, 0x7c00, 0xfe00}) {
            halves.putShort((short) half);
        }
        halves.flip();

        assertThat(NumberType.F16.next(halves)).isEqualTo(5.9604645e-8f);
        assertThat(NumberType.F16.next(halves)).isEqualTo(6.097555e-5f);
        assertThat(NumberType.F16.next(halves)).isEqualTo(-0.33325195f);
        assertThat(NumberType.F16.next(halves)).isEqualTo(65504);
        assertThat(NumberType.F16.next(halves)).isEqualTo(-0.0f);
        assertThat(NumberType.F16.next(halves)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(NumberType.F16.next(halves)).isNaN();
    }

    @Test
    void numbersBeyondTheEndOfTheFileAreRefused() throws IOException {
        final Path file = file("F32", "dense/kernel", List.of(3, 2), "dense/bias", List.of(2));
        final String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        final long most = Long.MAX_VALUE;
        final String header =
                text.substring(8, text.indexOf("}}") + 2).replace("[24,32]", "[" + (most - 8) + "," + most + "]");
        final ByteBuffer whole = ByteBuffer.allocate(8 + header.length() + 32).order(ByteOrder.LITTLE_ENDIAN);
        whole.putLong(header.length()).put(header.getBytes(StandardCharsets.ISO_8859_1));
        Files.write(file, whole.array());

        assertRefused(file, Map.of(), Layout.KERAS, "from 0 to 32, but it is 9223372036854775799");
    }

    /** Their kernels have sizes that fit, turned or not, and numbers in another order. */
    static List<Layer> layersOfAnotherOrder() {
        final Layer recurrent = new RecurrentLayer.SimpleRNN(
                2, Activation.TANH, false, 0, 0, false, false, Initializer.GLOROT_UNIFORM, WeightSettings.DEFAULT);
        return List.of(
                recurrent,
                new WrapperLayer.Bidirectional(recurrent, WrapperLayer.MergeMode.CONCAT),
                new AttentionLayer.MultiHeadAttention(1, 2, 2, 0, false, false, WeightSettings.DEFAULT));
    }

    @ParameterizedTest
    @MethodSource("layersOfAnotherOrder")
    void whatPyTorchKeepsInAnotherOrderIsRefused(final Layer layer) throws IOException {
        final Network network = Network.of(Shape.of(3, 2), List.of(layer));
        final List<Object> tensors = new ArrayList<>();
        network.nodes().get(0).weights().forEach(weight -> {
            tensors.add(network.nodes().get(0).name() + "/" + weight.name());
            tensors.add(weight.shape().dimensions());
        });
        final Path file = file("F32", tensors.toArray());

        assertThatThrownBy(() -> NamedWeights.read(file, network, Map.of(), Layout.PYTORCH))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("stand in another order in PyTorch, so that those of "
                        + network.nodes().get(0).name() + " cannot be taken");
        assertThat(NamedWeights.read(file, network, Map.of(), Layout.KERAS).names())
                .isNotEmpty();
    }

    private static void assertRefused(
            final Path file, final Map<String, String> names, final Layout layout, final String said) {
        assertThatThrownBy(() -> NamedWeights.read(file, DENSE, names, layout))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(said);
    }

    /** A file of tensors: names and shapes in turn. */
    private Path file(final String type, final Object... tensors) throws IOException {
        final int bytes = type.endsWith("16") ? 2 : type.endsWith("64") ? 8 : 4;
        final StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        int count = 0;
        for (int i = 0; i < tensors.length; i += 2) {
            final int size = ((List<?>) tensors[i + 1])
                    .stream().mapToInt(axis -> (Integer) axis).reduce(1, (a, b) -> a * b);
            header.append(",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(tensors[i], type, tensors[i + 1], count * bytes, (count + size) * bytes));
            count += size;
        }
        final byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        final ByteBuffer file =
                ByteBuffer.allocate(8 + text.length + count * bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        for (int i = 0; i < count; i++) {
            switch (bytes) {
                case 2 -> file.putShort((short) (type.equals("F16") ? HALVES[i] : Float.floatToIntBits(i) >> 16));
                case 4 -> file.putFloat(i);
                default -> file.putDouble(i);
            }
        }
        return Files.write(folder.resolve("w.safetensors"), file.array());
    }
}
