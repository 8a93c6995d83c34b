package org.gradienttape.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class ImageFormatTest {
    @Test
    void aPngStaysAsItIs() throws IOException {
        final byte[] png = Pngs.of(Color.RED, 3, 2);

        assertThat(ImageFormat.PNG.encode(png)).isSameAs(png);
    }

    @Test
    void aJpegHasTheSamePixelsButForALittleLoss() throws IOException {
        final byte[] jpeg = ImageFormat.JPEG.encode(Pngs.of(new Color(200, 30, 90), 16, 8));

        assertThat(jpeg).startsWith(0xFF, 0xD8, 0xFF); // start of image, ITU T.81
        final BufferedImage image = Pngs.read(jpeg);
        assertThat(image.getWidth()).isEqualTo(16);
        assertThat(image.getHeight()).isEqualTo(8);
        final Color color = new Color(image.getRGB(8, 4));
        assertThat(color.getRed()).isBetween(195, 205);
        assertThat(color.getGreen()).isBetween(25, 35);
        assertThat(color.getBlue()).isBetween(85, 95);
    }

    @Test
    void whatIsTransparentBecomesWhiteInAJpeg() throws IOException {
        final BufferedImage image = Pngs.read(ImageFormat.JPEG.encode(Pngs.of(new Color(0, 0, 0, 0), 8, 8)));

        assertThat(image.getColorModel().hasAlpha()).isFalse();
        assertThat(new Color(image.getRGB(4, 4))).isEqualTo(Color.WHITE);
    }

    @Test
    void whatIsNoImageIsRefused() {
        assertThatThrownBy(() -> ImageFormat.JPEG.encode("no image".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("An image must be a PNG, but 8 bytes are something else; choose another column.");
    }

    @Test
    void aDamagedPngIsRefused() throws IOException {
        final byte[] png = Pngs.of(Color.RED, 30, 20);
        png[20] = 0; // the height, in the header chunk
        png[23] = 0;

        assertThatThrownBy(() -> ImageFormat.JPEG.encode(png))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("An image must be a PNG, but one is damaged (");
    }
}
