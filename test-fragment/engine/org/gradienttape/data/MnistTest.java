package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.data.array.NamedDataset;
import org.gradienttape.data.array.NamedSource;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real digits, found as a user's are found. */
class MnistTest {
    @TempDir
    Path folder;

    @Test
    void theDigitsAreThoseOfTheAuthors() throws IOException {
        final DatasetPair pair = read(new HeldOut.SourceTestFiles(), false);

        final Dataset training = pair.training();
        final int[] counts = new int[10];
        long sum = 0;
        final ByteBuffer pixels = ByteBuffer.allocate(784);
        for (int sample = 0; sample < training.samples(); sample++) {
            counts[training.label(sample)]++;
            training.copyFeatures(sample, pixels.clear());
            for (final byte pixel : pixels.array()) {
                sum += pixel & 0xff;
            }
        }
        assertThat(training.sampleShape()).isEqualTo(Shape.of(784));
        // Counted with NumPy on Keras' mnist.npz, as is the mean pixel of 0.1306604762738429 * 255.
        assertThat(counts).containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        assertThat(sum / (60_000.0 * 784)).isCloseTo(33.318421, within(1e-6));
        assertThat(new int[] {training.label(0), training.label(1), training.label(59_999)})
                .containsExactly(5, 0, 8);
        assertThat(pair.heldOut().orElseThrow().label(0)).isEqualTo(7);
    }

    @Test
    void theGuidesSplitLeaves50000And10000() throws IOException {
        final DatasetPair pair = read(new HeldOut.LastSamples(10_000), false);

        assertThat(pair.training().samples()).isEqualTo(50_000);
        assertThat(pair.heldOut().orElseThrow().samples()).isEqualTo(10_000);
        assertThat(pair.heldOut().orElseThrow().label(9_999)).isEqualTo(8);
    }

    @Test
    void allImagesTogetherAre70000() throws IOException {
        final DatasetPair pair = read(new HeldOut.None(), true);

        assertThat(pair.training().samples()).isEqualTo(70_000);
        assertThat(pair.training().label(60_000)).isEqualTo(7);
    }

    private DatasetPair read(final HeldOut heldOut, final boolean merge) throws IOException {
        final ReadRequest request = new ReadRequest(
                new NamedSource(NamedDataset.MNIST, Optional.empty()),
                new ReadRequest.Form(Scaling.AS_STORED, SampleShape.FLAT),
                new ReadRequest.Split(heldOut, merge, 0));
        return DatasetReader.read(request, folder.resolve("training"), folder.resolve("heldout"), fraction -> true);
    }
}
