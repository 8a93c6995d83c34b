package org.gradienttape.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Node;

/**
 * The files in the folder files were written with Pillow 9.4, tifffile and ImageMagick 6.9. The sums are CRC-32 of red, green,
 * blue of each pixel, 16 bits each, highest byte first, as Pillow decodes them (tifffile for exif.tif and rgb16be.tif,
 * whose numbers inter16.png and rgba16.png have too), without transparency, color profile and orientation.
 */
class PictureFileTest {
    /** A profile changes nothing: the same pixels with profiles of sRGB, Display P3 and Adobe RGB have one sum. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            whole.jpg, 64, 64, 5a520bbf
            base420.jpg, 24, 40, e36b7d95
            base422.jpg, 24, 40, cf281ae0
            s411.jpg, 40, 56, 3a1d2db3
            prog.jpg, 24, 40, e36b7d95
            gray.jpg, 24, 40, f57a24ab
            nojfif0.jpg, 23, 37, f328ffb3
            nojfif2.jpg, 23, 37, a59a85ff
            adobergb0.jpg, 23, 37, 037915ea
            idsRGB.jpg, 23, 37, 037915ea
            extraneous.jpg, 23, 37, 6b826b01
            exif6.jpg, 23, 37, 6b826b01
            cmyk.jpg, 24, 40, 893a3223
            ycck.jpg, 23, 37, e9e1bf8f
            srgb.jpg, 16, 24, 679d29c7
            p3.jpg, 16, 24, 679d29c7
            adobe.jpg, 16, 24, 679d29c7
            srgb.png, 16, 24, fcae3545
            p3.png, 16, 24, fcae3545
            adobe.png, 16, 24, fcae3545
            x.png, 6, 8, 7df00868
            x.bmp, 6, 8, 7df00868
            x.gif, 6, 8, 7df00868
            x.tif, 6, 8, 7df00868
            one.png, 23, 37, ed52d5cb
            la.png, 23, 37, d0a3748d
            ltrns.png, 23, 37, 7470a014
            p4.png, 23, 37, 6a8397f2
            ptrns.png, 23, 37, 14de8725
            rgba.png, 23, 37, 0c8c7295
            exif.png, 23, 37, 0c8c7295
            apng.png, 23, 37, 0c8c7295
            16.png, 6, 8, ee529fe3
            i16.png, 23, 37, 2eb2027a
            inter16.png, 23, 37, fd208fe9
            rgba16.png, 23, 37, fd208fe9
            p.bmp, 23, 37, 8ac3447e
            rle8.bmp, 23, 37, 83461651
            os2.bmp, 23, 37, 35b6b9ef
            v5.bmp, 23, 37, 0c8c7295
            trans.gif, 23, 37, 14de8725
            inter.gif, 23, 37, 72099120
            anim.gif, 23, 37, 72099120
            fax.tif, 23, 37, ed52d5cb
            deflate.tif, 23, 37, 0c8c7295
            tiled.tif, 23, 37, 0c8c7295
            planar.tif, 23, 37, 0c8c7295
            multi.tif, 23, 37, 0c8c7295
            exif.tif, 23, 37, 0c8c7295
            palette.tif, 23, 37, 14de8725
            miniswhite.tif, 23, 37, 1c132dab
            gray16.tif, 23, 37, 2eb2027a
            differences16.tif, 23, 37, 6719f19c
            rgb16be.tif, 23, 37, fd208fe9
            lossless.webp, 17, 33, 1bebb925
            palette.webp, 17, 33, 1ba91f93
            anim.webp, 9, 14, 95c44cfc
            """)
    void numbersAreThoseThatAreStored(final String name, final int height, final int width, final String sum)
            throws IOException {
        final PictureFile file = open(name);
        final Picture picture = file.decode(3);

        assertThat(file.height()).isEqualTo(picture.height()).isEqualTo(height);
        assertThat(file.width()).isEqualTo(picture.width()).isEqualTo(width);
        assertThat(sum(picture)).isEqualTo(sum);
    }

    /** A row of 16.png: each number is 1285 more than the one before. */
    @Test
    void sixteenBitsStayApart() throws IOException {
        final Picture picture = open("16.png").decode(1);

        assertThat(picture.white()).isEqualTo(65_535);
        assertThat(picture.numbers()).startsWith((char) 0, (char) 1285, (char) 2570, (char) 3855);
        assertThat(picture.exact(1)).isEqualTo(5);
        assertThat(picture.rounded(47)).isEqualTo((byte) 235);
        final Picture all = new Picture(1, 65_536, 1, 65_535, numbersFromZero());
        float before = -1;
        for (int number = 0; number < 65_536; number++) {
            assertThat(Math.round(all.exact(number) * 257)).isEqualTo(number);
            assertThat(all.exact(number)).isGreaterThan(before);
            before = all.exact(number);
        }
        assertThat(all.exact(65_535)).isEqualTo(255);
    }

    /** Brightness by ITU-R BT.601: red 76, green 150, blue 29, white 255. */
    @Test
    void colorsBecomeBrightness() throws IOException {
        final Picture colors = open("x.png").decode(3);
        final Picture gray = open("x.png").decode(1);

        assertThat(colors.numbers()).startsWith((char) 0, (char) 255, (char) 0, (char) 5, (char) 250, (char) 15);
        assertThat(gray.numbers()).startsWith((char) 150, (char) 150);
    }

    @ParameterizedTest
    @CsvSource({
        "exif6.jpg, TURNED",
        "exif.png, TURNED",
        "exif.tif, TURNED",
        "anim.gif, FIRST_OF_SEVERAL",
        "apng.png, FIRST_OF_SEVERAL",
        "anim.webp, FIRST_OF_SEVERAL",
        "multi.tif, FIRST_OF_SEVERAL",
        "16.png, DEEP",
        "gray16.tif, DEEP",
        "lossy.webp, LOSSY_WEBP"
    })
    void whatAPersonShouldHearIsKnownFromTheHeader(final String name, final PictureTrait trait) throws IOException {
        assertThat(open(name).traits()).containsExactly(trait);
    }

    @Test
    void ordinaryPicturesHaveNothingToSay() throws IOException {
        for (final String name : new String[] {"whole.jpg", "x.png", "x.bmp", "x.gif", "x.tif", "lossless.webp"}) {
            assertThat(open(name).traits()).as(name).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cmyk-noadobe.jpg | colors of a printer without Adobe's note
            zeroseoi.jpg | Corrupt JPEG data: premature end of data segment
            jpeg.tif | TIFF files with compression 7 are not read
            cmyk.tif | of TIFF files, only gray, palette and RGB are read
            f32.tif | only those with up to 16 bits per number are read
            """)
    void whatCannotBeRightIsRefused(final String name, final String part) {
        assertThatThrownBy(() -> open(name).decode(3))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("expected in " + name + ", but it cannot be decoded (")
                .hasMessageContaining(part);
    }

    /** What cameras and downloads add does no harm: bytes behind the end, filler before a marker, bytes between segments. */
    @Test
    void superfluousBytesInAJpegAreSkipped() throws IOException {
        final byte[] jpeg = bytes("base420.jpg");
        final int frame = indexOf(jpeg, 0xc0);
        final char[] numbers = PictureFile.of(jpeg, "x").decode(3).numbers();

        assertThat(PictureFile.of(inserted(jpeg, jpeg.length, jpeg), "x")
                        .decode(3)
                        .numbers())
                .isEqualTo(numbers);
        assertThat(PictureFile.of(inserted(jpeg, frame, new byte[] {-1, -1}), "x")
                        .decode(3)
                        .numbers())
                .isEqualTo(numbers);
        assertThat(PictureFile.of(inserted(jpeg, frame, new byte[] {1, 2, 3}), "x")
                        .decode(3)
                        .numbers())
                .isEqualTo(numbers);
    }

    /** The same picture written by the JDK without and with restart markers behind every two blocks. */
    @Test
    void restartMarkersAreRead() throws IOException {
        final byte[] plain = jpeg(0);
        final byte[] restarted = jpeg(2);

        assertThat(restarted.length).isGreaterThan(plain.length);
        assertThat(indexOf(restarted, 0xd1)).isGreaterThan(indexOf(restarted, 0xda));
        assertThat(PictureFile.of(restarted, "x").decode(3).numbers())
                .isEqualTo(PictureFile.of(plain, "x").decode(3).numbers());
    }

    private static byte[] jpeg(final int restartInterval) throws IOException {
        final BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 1600; i++) {
            image.setRGB(i % 40, i / 40, i * 7919);
        }
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        final IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        final Node tree = metadata.getAsTree("javax_imageio_jpeg_image_1.0");
        final IIOMetadataNode interval = new IIOMetadataNode("dri");
        interval.setAttribute("interval", String.valueOf(restartInterval));
        tree.getLastChild().insertBefore(interval, tree.getLastChild().getFirstChild());
        metadata.setFromTree("javax_imageio_jpeg_image_1.0", tree);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, metadata), null);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    @Test
    void rareKindsOfJpegAreRefused() throws IOException {
        final byte[] jpeg = bytes("base420.jpg");
        final int frame = indexOf(jpeg, 0xc0);
        for (final int kind : new int[] {0xc3, 0xc5, 0xc9, 0xca}) {
            jpeg[frame + 1] = (byte) kind;
            assertRefused(jpeg, "a JPEG of a rare kind, lossless or with arithmetic coding");
        }
        jpeg[frame + 1] = (byte) 0xc0;
        jpeg[frame + 4] = 12;
        assertRefused(jpeg, "it has 12 bits per number");
        jpeg[frame + 4] = 8;
        jpeg[frame + 6] = 80;
        assertRefused(jpeg, "premature end of data segment");
        jpeg[frame + 6] = 0;
        assertRefused(jpeg, "its header declares 0 x 40 pixels");
    }

    @Test
    void gifsWithoutPaletteOrEndAreRefused() throws IOException {
        final byte[] gif = bytes("x.gif");
        assertRefused(Arrays.copyOf(gif, gif.length - 1), "the file ends before the picture does");

        final int palette = 3 << (gif[10] & 7) + 1;
        final byte[] none = inserted(Arrays.copyOf(gif, 13), 13, Arrays.copyOfRange(gif, 13 + palette, gif.length));
        none[10] &= 0x7f;
        assertRefused(none, "it has no palette");
    }

    /** Wherever a file is cut off, it is refused, or what is missing is not of the picture. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "whole.jpg",
                "prog.jpg",
                "gray.jpg",
                "cmyk.jpg",
                "x.png",
                "16.png",
                "inter16.png",
                "p.bmp",
                "rle8.bmp",
                "x.gif",
                "inter.gif",
                "x.tif",
                "deflate.tif",
                "tiled.tif",
                "fax.tif",
                "lossless.webp",
                "lossy.webp"
            })
    void cutFilesAreRefused(final String name) throws IOException {
        final byte[] file = bytes(name);
        final char[] whole = PictureFile.of(file, name).decode(3).numbers();
        int refused = 0;
        int tried = 0;
        for (int length = 0; length < file.length; length += Math.max(1, file.length / 100)) {
            try {
                assertThat(PictureFile.of(Arrays.copyOf(file, length), name)
                                .decode(3)
                                .numbers())
                        .as("the first %d bytes", length)
                        .isEqualTo(whole);
            } catch (final InvalidInputException cut) {
                assertThat(cut).hasMessageContaining(name);
                refused++;
            }
            tried++;
        }
        assertThat(refused).isGreaterThanOrEqualTo(tried * 9 / 10);
    }

    @Test
    void halfAJpegIsRefusedEvenWithAnEnd() throws IOException {
        final byte[] half = Arrays.copyOf(bytes("whole.jpg"), 2149);
        assertRefused(half, "the file ends before the picture does");

        half[2147] = (byte) 0xff;
        half[2148] = (byte) 0xd9;
        assertRefused(half, "premature end of data segment");
    }

    /** Each byte of a PNG file is below a checksum, but for the checksums, the lengths and the start. */
    @Test
    void oneWrongBitInAPngIsNoticed() throws IOException {
        final byte[] png = bytes("x.png");
        for (int at = 0; at < png.length; at++) {
            png[at] ^= 4;
            assertRefused(png, "x");
            png[at] ^= 4;
        }
    }

    @Test
    void theProcessKeepsItsReaders() throws IOException {
        open("lossless.webp").decode(3);

        final Iterator<ImageReader> png = ImageIO.getImageReadersByFormatName("png");
        assertThat(png.next().getClass().getModule()).isSameAs(ImageIO.class.getModule());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "GIF8", "\u0089PNG", "BM", "II*", "RIFF    WEBP"})
    void otherFilesAreRefused(final String content) {
        assertRefused(content.getBytes(StandardCharsets.ISO_8859_1), "picture was expected in x, but it");
    }

    /** Twelve and more megapixels declared by a few bytes are one thing; more than 50 million are refused by the header. */
    @Test
    void hugeSizesAreRefusedByTheHeader() throws IOException {
        final byte[] bmp = bytes("x.bmp");
        ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 100_000);
        assertRefused(bmp, "the file ends before");
        final byte[] gif = bytes("x.gif");
        gif[7] = (byte) 0xff;
        gif[9] = (byte) 0xff;
        assertRefused(gif, "at most 50000000 pixels and sides of 16384, but x declares 65286 x 65288");
        final byte[] jpeg = bytes("base420.jpg");
        final int frame = indexOf(jpeg, 0xc0);
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 16_000).putShort(frame + 7, (short) 16_000);
        assertRefused(jpeg, "x declares 16000 x 16000");
    }

    private static int indexOf(final byte[] jpeg, final int marker) {
        int at = 0;
        while ((jpeg[at] & 0xff) != 0xff || (jpeg[at + 1] & 0xff) != marker) {
            at++;
        }
        return at;
    }

    private static byte[] inserted(final byte[] file, final int at, final byte[] more) {
        return ByteBuffer.allocate(file.length + more.length)
                .put(file, 0, at)
                .put(more)
                .put(file, at, file.length - at)
                .array();
    }

    private static void assertRefused(final byte[] file, final String part) {
        assertThatThrownBy(() -> PictureFile.of(file, "x").decode(3))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(part);
    }

    private static char[] numbersFromZero() {
        final char[] numbers = new char[65_536];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (char) i;
        }
        return numbers;
    }

    private static String sum(final Picture picture) {
        final ByteBuffer numbers = ByteBuffer.allocate(2 * picture.numbers().length);
        numbers.asCharBuffer().put(picture.numbers());
        final CRC32 sum = new CRC32();
        sum.update(numbers);
        return String.format("%08x", sum.getValue());
    }

    private static PictureFile open(final String name) throws IOException {
        return PictureFile.of(bytes(name), name);
    }

    private static byte[] bytes(final String name) throws IOException {
        try (InputStream in = PictureFileTest.class.getResourceAsStream("files/" + name)) {
            return in.readAllBytes();
        }
    }
}
