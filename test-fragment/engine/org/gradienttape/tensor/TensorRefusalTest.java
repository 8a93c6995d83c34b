package org.gradienttape.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.gradienttape.graph.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Arguments that no operation can do anything with are told when the operation is given, with what was found. */
class TensorRefusalTest {
    private static Arguments refusal(final UnaryOperator<Tensor> use, final String message) {
        return Arguments.of(use, message);
    }

    /** On the numbers [2, 3]. */
    private static Stream<Arguments> ofMatrices() {
        return Stream.of(
                refusal(x -> x.sum(0, 0), "each axis of the shape [2, 3] may be named once, but they are [0, 0]"),
                refusal(x -> x.mean(1, -1), "each axis of the shape [2, 3] may be named once, but they are [1, -1]"),
                refusal(x -> x.max(0, -2), "each axis of the shape [2, 3] may be named once, but they are [0, -2]"),
                refusal(x -> x.flip(1, 1), "each axis of the shape [2, 3] may be named once, but they are [1, 1]"),
                refusal(x -> x.unsqueeze(4), "the shape [2, 3] has no place for an axis 4"),
                refusal(x -> x.unsqueeze(-4), "the shape [2, 3] has no place for an axis -4"),
                refusal(
                        x -> x.reshape(-1, -1),
                        "reshape needs sizes of at least 0, of which one may be -1, but they are [-1, -1]"),
                refusal(
                        x -> x.reshape(-2, -3),
                        "reshape needs sizes of at least 0, of which one may be -1, but they are [-2, -3]"),
                refusal(x -> x.expand(-1, 2, 3), "expand: the shape [2, 3] cannot be repeated to [-1, 2, 3]"),
                refusal(
                        x -> x.pad(0, 0, -1, 0, 0),
                        "pad adds at least 0 entries before and after each axis, but these are [0, -1, 0, 0]; take entries"
                                + " away with slice"),
                refusal(
                        x -> x.oneHot(3),
                        "one hot: there must be whole numbers, int64, of one class or more, but they are FLOAT32 of 3"
                                + " classes"),
                refusal(
                        x -> x.toInt64().oneHot(0),
                        "one hot: there must be whole numbers, int64, of one class or more, but they are INT64 of 0"
                                + " classes"),
                refusal(
                        x -> x.nll(x.slice(1, 0, 1).reshape(2)),
                        "nll: labels are whole numbers, int64, but these are FLOAT32; use toInt64()"),
                refusal(
                        x -> x.slice(0, 0, 0).max(0),
                        "max: there is no largest number of an axis without entries, but the shape is [0, 3]"),
                refusal(
                        x -> x.slice(1, 1, 1).min(),
                        "max: there is no largest number of an axis without entries, but the shape is [2, 0]"),
                refusal(
                        x -> x.slice(1, 1, 1).argmax(-1),
                        "argmax: there is no largest number of an axis without entries, but the shape is [2, 0]"),
                refusal(
                        x -> x.toInt64().sum(new int[0]),
                        "float numbers are needed, but these are INT64; use toFloat()"),
                refusal(
                        x -> x.gt(0).and(x),
                        "true and false are needed, such as comparisons give, but this is FLOAT32"),
                refusal(x -> x.gt(0).and(null), "where needs tensors, but one is null"),
                refusal(x -> x.not(), "true and false are needed, such as comparisons give, but this is FLOAT32"),
                refusal(x -> x.gt(0).argmax(1), "argmax: float numbers are needed, but these are BOOL; use toFloat()"));
    }

    /** On images, [1, 2, 3, 3]. */
    private static Stream<Arguments> ofImages() {
        return Stream.of(
                refusal(
                        x -> x.toInt64().windows(2, 2, 0, 0),
                        "windows: float numbers are needed, but these are INT64; use toFloat()"),
                refusal(
                        x -> x.toInt64().largestOfWindows(2, 2, 1, 1),
                        "largest: float numbers are needed, but these are INT64; use toFloat()"),
                refusal(
                        x -> x.gt(0).meansOfWindows(2, 2, 1, 1),
                        "means: float numbers are needed, but these are BOOL; use toFloat()"),
                refusal(
                        x -> x.convolve(x.toInt64(), 1, 1, 0, 0),
                        "convolve: float numbers are needed, but these are INT64; use toFloat()"),
                refusal(
                        x -> x.toInt64().convolveImages(x, new long[] {1, 1, 0, 0}, 3, 3),
                        "convolve images: float numbers are needed, but these are INT64; use toFloat()"),
                refusal(x -> x.windows(2), "windows need 4 numbers that say how they lie, but these are [2]"),
                refusal(
                        x -> x.windows(4, 1, 0, 0),
                        "windows: windows of 4 x 1 do not fit into images of the shape [1, 2, 3, 3]"),
                refusal(
                        x -> x.windows(0, 1, 0, 0),
                        "windows: windows of 0 x 1 do not fit into images of the shape [1, 2, 3, 3]"),
                refusal(x -> x.addWindows(2, 2), "windows need 6 numbers that say how they lie, but these are [2, 2]"),
                refusal(
                        x -> x.addWindows(0, 2, 0, 0, 3, 3),
                        "add windows: there must be windows of at least 1 x 1 as columns, [batch, channels x window,"
                                + " windows], but they are of 0 x 2 and have the shape [1, 2, 3, 3]"),
                refusal(x -> x.largestOfWindows(), "windows need 4 numbers that say how they lie, but these are []"),
                refusal(
                        x -> x.meansOfWindows(2, 2, 0, 1),
                        "means: windows and their strides must be at least 1, but they are [2, 2, 0, 1]"),
                refusal(x -> x.convolve(x, 1, 1), "windows need 4 numbers that say how they lie, but these are [1, 1]"),
                refusal(
                        x -> x.convolve(x, 0, 1, 0, 0),
                        "a convolution needs strides of at least 1, then lines of zeros, but it got [0, 1, 0, 0]"),
                refusal(
                        x -> x.convolve(x, 1, 1, 0, 0, 1, 1, 0),
                        "the pixels of a convolution's window lie at least 1 apart, in at least 1 group, but it got"
                                + " [1, 1, 0, 0, 1, 1, 0]"),
                refusal(
                        x -> x.convolve(x, 1, 1, 0, 0, 0),
                        "the pixels of a convolution's window lie at least 1 apart, in at least 1 group, but it got"
                                + " [1, 1, 0, 0, 0]"),
                refusal(
                        x -> x.slice(2, 0, 2).convolve(x, 2, 1, 0, 0),
                        "convolve: a kernel of the shape [1, 2, 3, 3] does not fit into images of the shape [1, 2, 2, 3]"));
    }

    @ParameterizedTest
    @MethodSource("ofMatrices")
    void whatCannotBeDoneWithAMatrixIsSaid(final UnaryOperator<Tensor> use, final String message) {
        assertRefused(use, message, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("ofImages")
    void whatCannotBeDoneWithImagesIsSaid(final UnaryOperator<Tensor> use, final String message) {
        assertRefused(use, message, 1, 2, 3, 3);
    }

    @Test
    void sizesBelowNothingAreRefusedEvenIfTheirProductFits() {
        final Trace trace = Trace.ofOperations();
        trace.begin();

        assertThatThrownBy(() -> trace.tensor(new float[1], -1, -1))
                .isInstanceOf(TensorException.class)
                .hasMessage("the sizes of a shape must be at least 0, but they are [-1, -1]");
    }

    private static void assertRefused(final UnaryOperator<Tensor> use, final String message, final long... shape) {
        final Trace trace = Trace.ofOperations();
        trace.begin();
        final Tensor numbers = trace.full(1, shape);

        assertThatThrownBy(() -> use.apply(numbers))
                .isInstanceOf(TensorException.class)
                .hasMessage(message);
    }
}
