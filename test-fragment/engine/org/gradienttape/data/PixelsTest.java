package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelsTest {
    private static final Pixels BYTES = new Pixels(Scaling.AS_STORED, PixelRange.ZERO_TO_255);
    private static final Pixels UNIT = new Pixels(Scaling.AS_STORED, PixelRange.ZERO_TO_ONE);
    private static final Pixels SIGNED = new Pixels(Scaling.AS_STORED, PixelRange.MINUS_ONE_TO_ONE);
    private static final Pixels DIVIDED = new Pixels(Scaling.DIVIDE_BY_255, PixelRange.ZERO_TO_255);
    private static final Pixels SHIFTED = new Pixels(Scaling.MINUS_ONE_TO_ONE, PixelRange.ZERO_TO_255);

    @TempDir
    private Path folder;

    @Test
    void pixelsBecomeWhatTheirScalingSays() {
        assertThat(Scaling.AS_STORED.scaled(200)).isEqualTo(200);
        assertThat(Scaling.DIVIDE_BY_255.scaled(51)).isEqualTo(0.2f);
        assertThat(List.of(
                        Scaling.MINUS_ONE_TO_ONE.scaled(0),
                        Scaling.MINUS_ONE_TO_ONE.scaled(127.5f),
                        Scaling.MINUS_ONE_TO_ONE.scaled(255)))
                .containsExactly(-1f, 0f, 1f);
    }

    @Test
    void rangesKnowTheirBlackAndWhite() {
        assertThat(PixelRange.ZERO_TO_255.bytes(new float[] {-1, 0, 127.6f, 255, 300}))
                .containsExactly(0, 0, 128, 255, 255);
        assertThat(PixelRange.ZERO_TO_ONE.bytes(new float[] {-1, 0.5f, 1})).containsExactly(0, 128, 255);
        assertThat(PixelRange.MINUS_ONE_TO_ONE.bytes(new float[] {-1, 0, 1})).containsExactly(0, 128, 255);
    }

    /** The model's pixels, the data's, and how these are then scaled. */
    @Test
    void numbersThatAreStoredAlikeAreScaledAlike() {
        assertThat(DIVIDED.scalingOf(BYTES)).contains(Scaling.DIVIDE_BY_255);
        assertThat(BYTES.scalingOf(DIVIDED)).contains(Scaling.AS_STORED);
        assertThat(DIVIDED.scalingOf(SHIFTED)).contains(Scaling.DIVIDE_BY_255);
        assertThat(SHIFTED.scalingOf(BYTES)).contains(Scaling.MINUS_ONE_TO_ONE);
        assertThat(SIGNED.scalingOf(new Pixels(Scaling.DIVIDE_BY_255, PixelRange.ZERO_TO_ONE)))
                .contains(Scaling.AS_STORED);
    }

    @Test
    void numbersThatAreStoredOtherwiseAreScaledToTheSameRange() {
        assertThat(DIVIDED.scalingOf(UNIT)).contains(Scaling.AS_STORED);
        assertThat(SHIFTED.scalingOf(SIGNED)).contains(Scaling.AS_STORED);
        assertThat(UNIT.scalingOf(DIVIDED)).contains(Scaling.DIVIDE_BY_255);
        assertThat(UNIT.scalingOf(SHIFTED)).contains(Scaling.DIVIDE_BY_255);
        assertThat(SIGNED.scalingOf(DIVIDED)).contains(Scaling.MINUS_ONE_TO_ONE);
    }

    @Test
    void whatCannotBeScaledIsNotGuessed() {
        assertThat(SHIFTED.scalingOf(UNIT)).isEmpty();
        assertThat(DIVIDED.scalingOf(SIGNED)).isEmpty();
        assertThat(BYTES.scalingOf(new Pixels(Scaling.DIVIDE_BY_255, PixelRange.ZERO_TO_ONE)))
                .isEmpty();
    }

    /** Numbers of a table may lie beyond those of the training without meaning other pixels. */
    @Test
    void equalSettingsAreLeftAlone() {
        assertThat(UNIT.scalingOf(BYTES)).contains(Scaling.AS_STORED);
        assertThat(BYTES.scalingOf(UNIT)).contains(Scaling.AS_STORED);
        assertThat(DIVIDED.scalingOf(new Pixels(Scaling.DIVIDE_BY_255, PixelRange.ZERO_TO_ONE)))
                .contains(Scaling.DIVIDE_BY_255);
    }

    @Test
    void theRangeOfNumbersIsLookedUp() throws IOException {
        assertThat(dataset("a", 0, 1, 0.5f, -0f).pixels()).isEqualTo(UNIT);
        assertThat(dataset("b", 0, 1, 0.5f, -0.5f).pixels()).isEqualTo(SIGNED);
        assertThat(dataset("c", 0, 1, -0.5f, 1.5f).pixels()).isEqualTo(BYTES);
        assertThat(dataset("d", 0, -2, 0, 0).pixels()).isEqualTo(BYTES);
        final Dataset bytes = write(
                folder.resolve("bytes"),
                new DatasetInfo("e", 1, Shape.of(2), ElementType.UINT8, Scaling.MINUS_ONE_TO_ONE, List.of("0")),
                ByteBuffer.wrap(new byte[] {0, 1}));
        assertThat(bytes.pixels()).isEqualTo(SHIFTED);
        assertThat(bytes.info().pixels()).isEqualTo(Optional.of(SHIFTED));
        assertThat(bytes.numbers(0)).containsExactly(-1f, 1 / 127.5f - 1);
    }

    /** Two samples of two numbers, in segments of one sample. */
    private Dataset dataset(final String name, final float... numbers) throws IOException {
        final ByteBuffer features = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (final float number : numbers) {
            features.putFloat(number);
        }
        write(
                folder.resolve(name),
                new DatasetInfo(name, 2, Shape.of(2), ElementType.FLOAT32, Scaling.AS_STORED, List.of("0")),
                features.flip());
        return Dataset.open(folder.resolve(name), 8);
    }

    private static Dataset write(final Path place, final DatasetInfo info, final ByteBuffer features)
            throws IOException {
        try (DatasetWriter writer = DatasetWriter.create(place, info)) {
            writer.writeFeatures(features);
            writer.writeLabels(new int[info.samples()]);
            return writer.finish();
        }
    }
}
