package org.gradienttape.nodes.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.layer.Shape;
import org.gradienttape.nodes.view.FirstSamples.OfClass;
import org.gradienttape.nodes.view.FirstSamples.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstSamplesTest {
    @TempDir
    private Path folder;

    @Test
    void aRowOf64BytesIsASquareImage() throws IOException {
        final byte[] pixels = new byte[2 * 64];
        pixels[64 + 9] = (byte) 200;

        final FirstSamples first = new FirstSamples(bytes(Shape.of(64), pixels, 1, 0));

        assertThat(first.rows().rows()).isEmpty();
        assertThat(first.pictures()).hasSize(2);
        final FirstSamples.Picture ofClass0 = first.pictures().get(0).pictures().get(0);
        assertThat(ofClass0.sample()).isEqualTo(1);
        assertThat(image(ofClass0.png()).getRaster().getSample(1, 1, 0)).isEqualTo(200);
        assertThat(image(ofClass0.png()).getWidth()).isEqualTo(8);
    }

    @Test
    void eachClassHasItsFirstTen() throws IOException {
        final int[] labels = IntStream.range(0, 30).map(sample -> sample % 2).toArray();

        final List<OfClass> pictures = new FirstSamples(bytes(Shape.of(1, 1, 1), new byte[30], labels)).pictures();

        assertThat(pictures.get(1).pictures().stream().map(FirstSamples.Picture::sample))
                .containsExactly(1, 3, 5, 7, 9, 11, 13, 15, 17, 19);
    }

    @Test
    void aLargeImageIsMadeSmall() throws IOException {
        final FirstSamples first = new FirstSamples(bytes(Shape.of(100, 200, 3), new byte[100 * 200 * 3], 0));

        final BufferedImage image =
                image(first.pictures().get(0).pictures().get(0).png());

        assertThat(image.getWidth()).isEqualTo(66);
        assertThat(image.getHeight()).isEqualTo(33);
    }

    @Test
    void whatIsNoImageIsShownAsNumbers() throws IOException {
        final FirstSamples first = new FirstSamples(floats(Shape.of(2), new float[] {1.5f, -2, 3, 4}, 1, 0));

        assertThat(first.pictures()).isEmpty();
        assertThat(first.rows().columns()).containsExactly("Class", "Feature 0", "Feature 1");
        assertThat(first.rows().more()).isZero();
        assertThat(first.rows().rows())
                .containsExactly(new Row(0, List.of("one", 1.5, -2.0)), new Row(1, List.of("zero", 3.0, 4.0)));
    }

    @Test
    void imagesOfFractionsGoFromBlackToWhite() throws IOException {
        final FirstSamples first = new FirstSamples(floats(Shape.of(1, 3, 1), new float[] {-1, 0, 1}, 0));

        assertThat(image(first.pictures().get(0).pictures().get(0).png())
                        .getRaster()
                        .getPixels(0, 0, 3, 1, (int[]) null))
                .containsExactly(0, 128, 255);
    }

    private Dataset bytes(final Shape shape, final byte[] pixels, final int... labels) throws IOException {
        return dataset(shape, ElementType.UINT8, ByteBuffer.wrap(pixels), labels);
    }

    private Dataset floats(final Shape shape, final float[] numbers, final int... labels) throws IOException {
        final ByteBuffer bytes =
                ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (final float number : numbers) {
            bytes.putFloat(number);
        }
        return dataset(shape, ElementType.FLOAT32, bytes.flip(), labels);
    }

    private Dataset dataset(final Shape shape, final ElementType type, final ByteBuffer features, final int... labels)
            throws IOException {
        final DatasetInfo info =
                new DatasetInfo("test", labels.length, shape, type, Scaling.AS_STORED, List.of("zero", "one"));
        try (DatasetWriter writer = DatasetWriter.create(folder.resolve("dataset"), info)) {
            writer.writeFeatures(features);
            writer.writeLabels(labels);
            return writer.finish();
        }
    }

    private static BufferedImage image(final byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
