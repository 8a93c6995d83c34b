package org.gradienttape.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;

class SampleImageTest {
    @Test
    void greyPixelsStandRowByRow() throws IOException {
        final byte[] pixels = {0, 50, 100, (byte) 150, (byte) 200, (byte) 255};

        final BufferedImage image = Pngs.read(SampleImage.png(Shape.of(2, 3, 1), pixels));

        assertThat(image.getWidth()).isEqualTo(3);
        assertThat(image.getHeight()).isEqualTo(2);
        assertThat(image.getRaster().getPixels(0, 0, 3, 2, (int[]) null)).containsExactly(0, 50, 100, 150, 200, 255);
    }

    @Test
    void threeChannelsAreRedGreenAndBlue() throws IOException {
        final byte[] pixels = {(byte) 255, 0, 1, 2, (byte) 254, 3};

        final BufferedImage image = Pngs.read(SampleImage.png(Shape.of(2, 1, 3), pixels));

        assertThat(image.getRGB(0, 0)).isEqualTo(0xFFFF0001);
        assertThat(image.getRGB(0, 1)).isEqualTo(0xFF02FE03);
    }

    @Test
    void severalSamplesStandInAGrid() throws IOException {
        final byte[] white = {(byte) 255, (byte) 255};
        final byte[] black = {0, 0};

        final BufferedImage image =
                Pngs.read(SampleImage.grid(Shape.of(2, 1, 1), List.of(black, white, black, black, black)));

        // 5 samples: 3 columns and 2 rows, with gaps of 2 white pixels
        assertThat(image.getWidth()).isEqualTo(2 + 3 * (1 + 2));
        assertThat(image.getHeight()).isEqualTo(2 + 2 * (2 + 2));
        assertThat(image.getRGB(2, 2)).isEqualTo(0xFF000000);
        assertThat(image.getRGB(5, 2)).isEqualTo(0xFFFFFFFF);
        assertThat(image.getRGB(5, 7)).isEqualTo(0xFF000000);
        assertThat(image.getRGB(8, 7)).isEqualTo(0xFFFFFFFF); // no sixth sample
    }

    /** Each pixel of the smaller image is the mean of the square that it stands for. */
    @Test
    void aThumbnailKeepsTheProportions() throws IOException {
        final byte[] pixels = {0, 0, 100, 100, 0, 0, 100, 100};

        final BufferedImage image = Pngs.read(SampleImage.thumbnail(Shape.of(2, 4, 1), pixels, 2));

        assertThat(image.getWidth()).isEqualTo(2);
        assertThat(image.getHeight()).isEqualTo(1);
        assertThat(image.getRaster().getPixels(0, 0, 2, 1, (int[]) null)).containsExactly(0, 100);
    }

    @Test
    void aSmallSampleIsItsOwnThumbnail() {
        final byte[] pixels = {1, 2, 3, 4};

        assertThat(SampleImage.thumbnail(Shape.of(2, 2, 1), pixels, 2))
                .isEqualTo(SampleImage.png(Shape.of(2, 2, 1), pixels));
    }

    @Test
    void whatIsNoImageIsRefused() {
        assertThatThrownBy(() -> SampleImage.png(Shape.of(784), new byte[784]))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "An image is height x width x channels with 1 or 3 channels, but the sample has the shape 784;"
                                + " read the data with the sample shape image.");
    }
}
