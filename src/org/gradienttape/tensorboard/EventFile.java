package org.gradienttape.tensorboard;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.gradienttape.file.FolderTree;

/**
 * A file of events as TensorBoard reads them: records of TensorFlow's TFRecord format, which are length (8 bytes, the lowest
 * first), masked CRC32C of the length, data, masked CRC32C of the data. A reader may follow it while it is written, and takes
 * a cut record at its end as one that is not there yet.
 *
 * <p>The format: tensorflow.org/tutorials/load_data/tfrecord.
 */
final class EventFile implements Closeable {
    /** The first event of each file, by which readers know what follows. */
    private static final String VERSION = "brain.Event:2";

    private static final Pattern NAME = Pattern.compile("events\\.out\\.tfevents\\.(\\d{1,10})\\.");
    private static final int MASK = 0xa282ead8;
    private static final int BUFFER = 1 << 16;
    /** Files of one process and second. */
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final OutputStream out;

    private EventFile(final OutputStream out) {
        this.out = out;
    }

    /** Begins a new file, whose name comes behind those of earlier ones, since they are read in the order of their names. */
    static EventFile create(final Path folder) throws IOException {
        final Path file = folder.resolve(String.format(
                Locale.ROOT,
                "events.out.tfevents.%010d.%s.%d.%06d",
                Math.max((long) EventMessages.now(), latest(folder) + 1),
                host(),
                ProcessHandle.current().pid(),
                COUNT.getAndIncrement()));
        final OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        final EventFile events = new EventFile(new BufferedOutputStream(out, BUFFER));
        events.write(EventMessages.version(VERSION));
        return events;
    }

    /** The time in the names of the files that are there; a clock may have been put back. */
    private static long latest(final Path folder) throws IOException {
        return FolderTree.content(folder).stream()
                .map(file -> NAME.matcher(file.getFileName().toString()))
                .filter(Matcher::lookingAt)
                .mapToLong(name -> Long.parseLong(name.group(1)))
                .max()
                .orElse(0);
    }

    /** Part of the name by which people tell files apart. */
    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9-]", "_");
        } catch (final UnknownHostException unnamed) {
            return "localhost";
        }
    }

    /** Adds an event, which may wait in memory until {@link #flush}. */
    void write(final byte[] event) throws IOException {
        final byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(event.length)
                .array();
        out.write(length);
        out.write(sum(length));
        out.write(event);
        out.write(sum(event));
    }

    /** The sum is rotated and moved, so that sums of data that hold sums are no special case. */
    private static byte[] sum(final byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes);
        final int masked = Integer.rotateRight((int) crc.getValue(), 15) + MASK;
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(masked)
                .array();
    }

    /** Gives all events to the operating system, which keeps them if this process is killed. */
    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
