package org.gradienttape.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.gradienttape.data.array.IdxSource;

/** Writes small IDX files, right and wrong ones. */
public final class IdxFixture {
    private IdxFixture() {}

    /** The bytes of an IDX file of unsigned bytes with this header, whatever the content is. */
    public static byte[] idx(final int[] dimensions, final byte[] content) {
        final ByteBuffer bytes = ByteBuffer.allocate(4 * (dimensions.length + 1) + content.length);
        bytes.put(new byte[] {0, 0, 8, (byte) dimensions.length});
        for (final int dimension : dimensions) {
            bytes.putInt(dimension);
        }
        return bytes.put(content).array();
    }

    /** Images of 2 x 3 pixels; pixel p of sample s is 10 s + p. */
    public static byte[] images(final int samples) {
        final byte[] pixels = new byte[samples * 6];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (10 * (i / 6) + i % 6);
        }
        return idx(new int[] {samples, 2, 3}, pixels);
    }

    /** Labels 0, 1, 2, 0, 1, 2, ... */
    public static byte[] labels(final int samples) {
        final byte[] labels = new byte[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = (byte) (i % 3);
        }
        return idx(new int[] {samples}, labels);
    }

    public static byte[] gzip(final byte[] content) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Image and label file of so many samples in a folder. */
    public static IdxSource.Pair pair(final Path folder, final String prefix, final int samples) throws IOException {
        return new IdxSource.Pair(
                Files.write(folder.resolve(prefix + "-images"), images(samples)),
                Files.write(folder.resolve(prefix + "-labels"), labels(samples)));
    }
}
