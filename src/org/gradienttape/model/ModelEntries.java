package org.gradienttape.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.gradienttape.file.AtomicFile;
import org.gradienttape.file.DeclaredSize;
import org.gradienttape.json.JsonFields;

/** The entries of a model's file, a zip: written as they are, read to their end and against their checksum. */
public final class ModelEntries {
    /** Zip keeps the time of each entry; a fixed one keeps equal models equal. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private ModelEntries() {}

    /** Reads the content of an entry. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    /** Refuses entries that declare more than a file of this size can hold. */
    public static void checkSizes(
            final ZipFile zip, final Iterable<String> names, final long fileSize, final JsonFields.Source source) {
        for (final String name : names) {
            DeclaredSize.of(zip.getEntry(name), fileSize).ifPresent(impossible -> {
                throw source.error(impossible);
            });
        }
    }

    /**
     * Writes an entry.
     *
     * @param zip that stores and does not compress
     * @param content asked for twice: its size and its checksum come first
     */
    public static void write(final ZipOutputStream zip, final String name, final AtomicFile.Content content)
            throws IOException {
        final Measure measure = new Measure();
        content.writeTo(measure);
        final ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setSize(measure.size);
        entry.setCompressedSize(measure.size);
        entry.setCrc(measure.crc.getValue());
        zip.putNextEntry(entry);
        content.writeTo(zip);
        zip.closeEntry();
    }

    /** Reads an entry, all of it. */
    public static <T> T read(
            final ZipFile zip, final String name, final JsonFields.Source source, final Reader<T> reader)
            throws IOException {
        final ZipEntry entry = zip.getEntry(name);
        try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            final T value = reader.read(in);
            if (in.read() >= 0) {
                throw source.error("the entry " + name + " should end, but it holds more");
            }
            if (in.getChecksum().getValue() != entry.getCrc()) {
                throw source.error("the entry " + name + " should match its checksum, but it does not");
            }
            return value;
        }
    }

    /** Counts and sums what is written to it. */
    private static final class Measure extends OutputStream {
        private final CRC32 crc = new CRC32();
        private long size;

        @Override
        public void write(final int value) {
            crc.update(value);
            size++;
        }

        @Override
        public void write(final byte[] bytes, final int from, final int count) {
            crc.update(bytes, from, count);
            size += count;
        }
    }
}
