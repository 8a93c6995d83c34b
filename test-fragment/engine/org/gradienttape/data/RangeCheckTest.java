package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeCheckTest {
    @TempDir
    private Path folder;

    private Dataset dataset(final Scaling scaling, final float... numbers) throws IOException {
        final DatasetInfo info =
                new DatasetInfo("numbers", numbers.length, Shape.of(1), ElementType.FLOAT32, scaling, List.of("0"));
        final ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        try (DatasetWriter writer = DatasetWriter.create(folder.resolve("of " + System.nanoTime()), info)) {
            writer.writeFeatures(bytes);
            writer.writeLabels(new int[numbers.length]);
            return writer.finish();
        }
    }

    @Test
    void numbersThatAreScaledAlreadyAreToldBeforeTheyAreScaledAgain() throws IOException {
        assertThat(RangeCheck.warnings(dataset(Scaling.DIVIDE_BY_255, -1, 0.5f, 1)))
                .containsExactly(
                        "All numbers of numbers are stored from -1 to 1, but divided by 255 when they reach the"
                                + " network; if they are scaled already, choose the pixel scaling As stored.");
    }

    @Test
    void nothingIsToldOfNumbersThatAreNot() throws IOException {
        assertThat(RangeCheck.warnings(dataset(Scaling.DIVIDE_BY_255, 0, 0.5f, 1.5f)))
                .isEmpty();
        assertThat(RangeCheck.warnings(dataset(Scaling.DIVIDE_BY_255, 0, 0.5f, -1.5f)))
                .isEmpty();
        assertThat(RangeCheck.warnings(dataset(Scaling.AS_STORED, 0, 0.5f))).isEmpty();
        assertThat(RangeCheck.warnings(dataset(Scaling.DIVIDE_BY_255))).isEmpty();
    }

    /** Features that were scaled from 0 to 1 go a little beyond that; bytes go far. */
    @Test
    void bytesForAModelOfNumbersFromZeroToOneAreDoubted() throws IOException {
        final Pixels known = new Pixels(Scaling.AS_STORED, PixelRange.ZERO_TO_ONE);

        assertThat(RangeCheck.doubt(known, dataset(Scaling.AS_STORED, 0, 1, 10), "the data"))
                .isEmpty();
        assertThat(RangeCheck.doubt(known, dataset(Scaling.AS_STORED, 0, 1, 11), "the data"))
                .contains(
                        "The model learned from numbers that were stored from 0 to 1, but those of the data numbers are"
                                + " stored beyond -1 to 1, as pixels of 0 to 255 and scaled alike; bring them to the range of the"
                                + " training.");
        assertThat(RangeCheck.doubt(known, dataset(Scaling.AS_STORED, -0.5f, 1), "the data"))
                .isEmpty();
        assertThat(RangeCheck.doubt(known, dataset(Scaling.AS_STORED, -0.6f, 1), "the data"))
                .isPresent();
    }

    /** A hundred small numbers do not lie in a part of their range by chance. */
    @Test
    void onlyManySmallNumbersAreDoubtedForAModelOfBytes() throws IOException {
        final Pixels known = new Pixels(Scaling.AS_STORED, PixelRange.ZERO_TO_255);

        assertThat(RangeCheck.doubt(known, dataset(Scaling.AS_STORED, new float[99]), "the data"))
                .isEmpty();
        assertThat(RangeCheck.doubt(known, dataset(Scaling.AS_STORED, new float[100]), "the data"))
                .isPresent();
    }
}
