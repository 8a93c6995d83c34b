package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.util.Locale;
import org.gradienttape.graph.Convolutions;
import org.junit.jupiter.api.Test;

/** What is expected was computed by PyTorch 1.13 in double precision. */
class ConvolutionCheckTest {
    private static final ConvolutionCheck.Convolution PLAIN = ConvolutionCheck.Convolution.ALL.get(0);
    private static final ConvolutionCheck.Convolution TRANSPOSED = ConvolutionCheck.Convolution.ALL.get(1);

    @Test
    void expectsTheRightNumbers() {
        assertThat(PLAIN.expected()).hasSize(16 * 36).startsWith(-18, 12, -8, 21, -13, 4, 6, 1, 5, -12, 20, -4);
        assertThat(sumOfSquares(PLAIN.expected())).isEqualTo(81759);
        assertThat(TRANSPOSED.expected())
                .containsExactly(
                        5, 12, 11, 1, -2, -7, -2, -28, 3, 19, 16, 6, -2, -7, -3, -44, 2, 21, 19, 6, -2, 10, -2, -52, 2,
                        21, 16, 1, 9, 12, -8, -52, 2, 19, 11, 4, 11, 12, -2, -44, 3, 12, -2, 4, 9, 10, -3, -28, 5);
    }

    /** The language of the person has other digits, which no program has. */
    @Test
    void isTheSameInEveryLanguage() {
        final Locale before = Locale.getDefault();
        Locale.setDefault(new Locale("ar", "EG"));
        try {
            assertThat(PLAIN.text(Convolutions.PLAIN, "x", "k"))
                    .isEqualTo("torch.conv2d(x, k, None, [1, 1], [1, 1], [1, 1], 1)");
            assertThat(TRANSPOSED.text(Convolutions.PLAIN, "x", "k"))
                    .isEqualTo("torch.conv_transpose2d(x, k, None, [1, 1], [1, 1], [0, 0], 1)");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static double sumOfSquares(final float[] numbers) {
        double sum = 0;
        for (final float number : numbers) {
            sum += number * number;
        }
        return sum;
    }

    /** Whatever this machine is, since programs are written so that they are right on it. */
    @Test
    void theEngineThatHasStartedIsRight() {
        final Convolutions written = TorchEngine.target(Device.cpu()).convolutions();
        assertThat(ConvolutionCheck.passes(TorchEngine.start(), written)).isTrue();
    }
}
