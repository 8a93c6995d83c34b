package org.gradienttape.picture;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/**
 * The readers that come with the JDK, even where somebody else in this process has registered others for the same formats.
 * Only looks into the registry.
 */
enum JdkReader {
    PNG,
    JPEG,
    GIF,
    BMP,
    TIFF;

    private final ImageReaderSpi provider = provider(name());

    /** Reads the first image. */
    BufferedImage read(final byte[] file) throws IOException {
        return with(file, reader -> reader.read(0));
    }

    /** Reads the first image without a conversion of its colors; the decoder's warnings are added to the list. */
    Raster readRaster(final byte[] file, final List<String> warnings) throws IOException {
        return with(file, reader -> {
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            return reader.readRaster(0, null);
        });
    }

    /** Reads the first image; the decoder's warnings are added to the list. */
    BufferedImage read(final byte[] file, final List<String> warnings) throws IOException {
        return with(file, reader -> {
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            return reader.read(0);
        });
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(ImageReader reader) throws IOException;
    }

    private <T> T with(final byte[] file, final Reading<T> reading) throws IOException {
        final ImageReader reader = provider.createReaderInstance();
        try (ImageInputStream in = new ByteArrayImageInputStream(file)) {
            reader.setInput(in, false, true);
            return reading.from(reader);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReaderSpi provider(final String format) {
        final List<ImageReaderSpi> found = new ArrayList<>();
        final Iterator<ImageReaderSpi> all =
                IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
        all.forEachRemaining(provider -> {
            if (provider.getClass().getModule() == ImageIO.class.getModule()
                    && Arrays.asList(provider.getFormatNames()).contains(format)) {
                found.add(provider);
            }
        });
        return found.get(0);
    }
}
