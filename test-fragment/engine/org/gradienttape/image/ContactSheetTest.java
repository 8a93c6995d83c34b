package org.gradienttape.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
    @Test
    void imagesFillTheGridRowByRow() throws IOException {
        final ContactSheet sheet = new ContactSheet(ContactSheet.Grid.of(3, 2, 4, 6));
        sheet.add(Pngs.read(Pngs.of(Color.RED, 4, 6)));
        sheet.add(Pngs.read(Pngs.of(Color.GREEN, 4, 6)));
        sheet.add(Pngs.read(Pngs.of(Color.BLUE, 4, 6)));

        final BufferedImage image = Pngs.read(sheet.png());

        // gaps of 2 pixels: 2 + 4 + 2 + 4 + 2 wide, 2 + 6 + 2 + 6 + 2 high
        assertThat(image.getWidth()).isEqualTo(14);
        assertThat(image.getHeight()).isEqualTo(18);
        assertThat(new Color(image.getRGB(2, 2))).isEqualTo(Color.RED);
        assertThat(new Color(image.getRGB(5, 7))).isEqualTo(Color.RED);
        assertThat(new Color(image.getRGB(6, 7))).isEqualTo(Color.WHITE);
        assertThat(new Color(image.getRGB(8, 2))).isEqualTo(Color.GREEN);
        assertThat(new Color(image.getRGB(2, 10))).isEqualTo(Color.BLUE);
        assertThat(new Color(image.getRGB(8, 10))).isEqualTo(Color.WHITE);
        assertThat(new Color(image.getRGB(0, 0))).isEqualTo(Color.WHITE);
    }

    @Test
    void aSmallerImageStandsInTheMiddleOfItsCell() throws IOException {
        final ContactSheet sheet = new ContactSheet(ContactSheet.Grid.of(1, 10, 6, 6));
        sheet.add(Pngs.read(Pngs.of(Color.RED, 2, 2)));

        final BufferedImage image = Pngs.read(sheet.png());

        assertThat(image.getWidth()).isEqualTo(10);
        assertThat(new Color(image.getRGB(4, 4))).isEqualTo(Color.RED);
        assertThat(new Color(image.getRGB(3, 4))).isEqualTo(Color.WHITE);
        assertThat(new Color(image.getRGB(6, 6))).isEqualTo(Color.WHITE);
    }

    @Test
    void thereAreAsManyRowsAsItTakes() {
        assertThat(ContactSheet.Grid.of(20, 10, 28, 28)).isEqualTo(new ContactSheet.Grid(10, 2, 28, 28));
        assertThat(ContactSheet.Grid.of(21, 10, 28, 28)).isEqualTo(new ContactSheet.Grid(10, 3, 28, 28));
        assertThat(ContactSheet.Grid.of(3, 10, 28, 28)).isEqualTo(new ContactSheet.Grid(3, 1, 28, 28));
    }

    /** (100 x 1002 + 2) squared: refused before a pixel is allocated. */
    @Test
    void aSheetThatIsTooLargeIsRefused() {
        assertThatThrownBy(() -> ContactSheet.Grid.of(10_000, 100, 1000, 1000))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "A contact sheet may have 100000000 pixels, but 100 x 100 images of up to 1000 x 1000 pixels"
                                + " have 10040440804; switch it off or pass on fewer rows.");
    }
}
