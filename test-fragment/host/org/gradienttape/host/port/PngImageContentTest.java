package org.gradienttape.host.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.gradienttape.host.table.TestTables;
import org.junit.jupiter.api.Test;
import org.knime.core.data.image.png.PNGImageContent;

class PngImageContentTest {
    @Test
    void refusesBytesThatAreNoImage() {
        assertThatThrownBy(() -> new PNGImageContent(new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected the bytes of a PNG image, found 3 bytes that are no image.");
    }

    @Test
    void keepsTheBytesOfTheFile() throws IOException {
        final PNGImageContent image = TestTables.image(28, 14);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();

        image.save(out);

        assertThat(out.toByteArray()).isEqualTo(image.getByteArray()).startsWith(0x89, 'P', 'N', 'G');
        assertThat(image.getPreferredSize()).isEqualTo(new Dimension(28, 14));
        assertThat(image.getSummary()).isEqualTo("PNG Image 28 x 14 with " + out.size() + " B");
        assertThat(new PNGImageContent(out.toByteArray())).isEqualTo(image);
    }

    @Test
    void paintsShrunkButNotEnlarged() {
        final BufferedImage canvas = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        final Graphics2D graphics = canvas.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 20, 20);

        TestTables.image(40, 20).paint(graphics, 10, 10);
        graphics.dispose();

        assertThat(canvas.getRGB(9, 4)).isEqualTo(Color.BLACK.getRGB());
        assertThat(canvas.getRGB(9, 5)).isEqualTo(Color.WHITE.getRGB());
        assertThat(canvas.getRGB(10, 4)).isEqualTo(Color.WHITE.getRGB());
    }
}
