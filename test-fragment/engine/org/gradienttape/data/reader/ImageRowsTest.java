package org.gradienttape.data.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.ReadFixture;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.SampleRows;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose rows hold an image each: of one gray, 2 rows of 3 pixels, with the gray as its label. */
class ImageRowsTest {
    private static final ImageForm FORM = new ImageForm(ImageForm.Colors.GRAYSCALE, Optional.empty());

    @TempDir
    private Path folder;

    private record Grays(String name, int... grays) implements SampleRows {
        @Override
        public List<String> columns() {
            return List.of();
        }

        @Override
        public String labelName() {
            return "gray";
        }

        @Override
        public Cursor open() {
            return new Row(this);
        }
    }

    private static final class Row implements SampleRows.Cursor {
        private final Grays table;
        private int row = -1;

        Row(final Grays table) {
            this.table = table;
        }

        @Override
        public boolean next() {
            return ++row < table.grays().length;
        }

        @Override
        public String place() {
            return "Row " + row;
        }

        @Override
        public double fraction() {
            return (double) row / table.grays().length;
        }

        @Override
        public String label() {
            return "gray " + table.grays()[row];
        }

        @Override
        public double number(final int column) {
            throw new IllegalStateException("there are no numbers");
        }

        @Override
        public String text(final int column) {
            throw new IllegalStateException("there are no numbers");
        }

        @Override
        public byte[] image() {
            final BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < 6; i++) {
                image.getRaster().setSample(i % 3, i / 3, 0, table.grays()[row]);
            }
            final ByteArrayOutputStream png = new ByteArrayOutputStream();
            try {
                ImageIO.write(image, "png", png);
            } catch (final IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return png.toByteArray();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Test
    void eachRowIsAnImageWithItsClass() throws IOException {
        final Dataset read = new ReadFixture(folder)
                .images()
                .read(new TableSource(new Grays("grays", 7, 0, 255, 7), Optional.empty(), FORM))
                .training();

        assertThat(read.sampleShape()).isEqualTo(Shape.of(2, 3, 1));
        assertThat(read.classNames()).containsExactly("gray 0", "gray 255", "gray 7");
        assertThat(ReadFixture.labels(read)).containsExactly(2, 0, 1, 2);
        assertThat(ReadFixture.numbers(read, 0)).containsExactly(7f, 7f, 7f, 7f, 7f, 7f);
        assertThat(ReadFixture.numbers(read, 2)).containsExactly(255f, 255f, 255f, 255f, 255f, 255f);
    }

    /** Both tables for their labels, which is asked about every 1,024 rows, then both for their images. */
    @Test
    void readingTwoTablesIsOneWay() throws IOException {
        final List<Double> fractions = new ArrayList<>();
        final TableSource source =
                new TableSource(new Grays("grays", new int[1024]), Optional.of(new Grays("more", 0, 7, 7)), FORM);

        final DatasetPair read = DatasetReader.read(
                new ReadFixture(folder)
                        .images()
                        .heldOut(new HeldOut.SourceTestFiles())
                        .request(source),
                folder.resolve("training"),
                folder.resolve("held out"),
                fractions::add);

        assertThat(fractions).isSorted().startsWith(0.0, 0.25, 0.5).allMatch(done -> done <= 1);
        assertThat(read.training().samples()).isEqualTo(1024);
        assertThat(read.heldOut().orElseThrow().samples()).isEqualTo(3);
    }
}
