package org.gradienttape.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FileTrouble;
import org.gradienttape.file.UnfinishedFiles;

/**
 * Writes a {@link Dataset} into a hidden folder beside its place and moves it there when it is complete. Whoever closes
 * the writer before {@link #finish} leaves nothing behind, and what a killed one left there is taken away by the next. Not for
 * several threads.
 */
public final class DatasetWriter implements Closeable {
    /** Smaller pieces are collected before they go to the file. */
    private static final int COLLECTED_BYTES = 1 << 16;

    private final Path folder;
    private final DatasetInfo info;
    private final UnfinishedFiles hidden;
    private final DatasetFolder unfinished;
    private final Part features;
    private final Part targets;
    private final Part weights;
    private final Opener opener;
    /** Null until a window is written. */
    private Part windows;

    private int labels;

    /** How the files are opened; a test puts a full disk in here. */
    @FunctionalInterface
    interface Opener {
        WritableByteChannel open(Path file) throws IOException;
    }

    private DatasetWriter(final Path folder, final DatasetInfo info, final UnfinishedFiles hidden, final Opener opener)
            throws IOException {
        this.folder = folder;
        this.info = info;
        this.hidden = hidden;
        this.unfinished = new DatasetFolder(Files.createDirectory(hidden.next()));
        this.opener = opener;
        this.features = new Part(opener.open(unfinished.features()));
        this.targets = new Part(opener.open(unfinished.targets()));
        this.weights = new Part(opener.open(unfinished.weights()));
    }

    /**
     * Starts to write.
     *
     * @param folder where the dataset will be; must not exist or be empty
     * @param info what will be written; with class names, because the labels are checked against them
     * @throws InvalidInputException if the folder is in use
     * @throws IOException if it cannot be written to
     */
    public static DatasetWriter create(final Path folder, final DatasetInfo info) throws IOException {
        return create(
                folder,
                info,
                file -> Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    static DatasetWriter create(final Path folder, final DatasetInfo info, final Opener opener) throws IOException {
        checkUnused(folder);
        final Path place = folder.toAbsolutePath();
        try {
            Files.createDirectories(place.getParent());
            return begin(place, info, UnfinishedFiles.in(place.getParent()), opener);
        } catch (final IOException trouble) {
            throw sentence(place, trouble);
        }
    }

    private static DatasetWriter begin(
            final Path place, final DatasetInfo info, final UnfinishedFiles hidden, final Opener opener)
            throws IOException {
        try {
            return new DatasetWriter(place, info, hidden, opener);
        } catch (final IOException trouble) {
            hidden.close();
            throw trouble;
        }
    }

    /** Appends stored bytes of samples; any number of them, but all together {@link DatasetInfo#featureBytes}. */
    public void writeFeatures(final ByteBuffer bytes) throws IOException {
        features.write(bytes);
    }

    /**
     * Appends labels, where the target is classes.
     *
     * @throws InvalidInputException for a label outside the classes
     */
    public void writeLabels(final int... values) throws IOException {
        for (final int label : values) {
            if (label < 0 || label >= info.classes()) {
                throw new InvalidInputException(info.name() + " has " + info.classes()
                        + " classes, so labels go from 0 to " + (info.classes() - 1) + ", but sample " + labels
                        + " has the label " + label + "; correct the labels or the class names.");
            }
            targets.room(Integer.BYTES).putInt(label);
            labels++;
        }
    }

    /** Appends numbers in their own units, row by row, where the target is numbers. */
    public void writeNumbers(final double... values) throws IOException {
        for (final double number : values) {
            targets.room(Double.BYTES).putDouble(number);
        }
    }

    /** Appends weights, where samples count differently. */
    public void writeWeights(final float... values) throws IOException {
        for (final float weight : values) {
            weights.room(Float.BYTES).putFloat(weight);
        }
    }

    /** Appends a sample that is a window over rows: the number of its first row. */
    public void writeWindow(final int firstRow) throws IOException {
        if (windows == null) {
            windows = new Part(opener.open(unfinished.windows()));
        }
        windows.room(Integer.BYTES).putInt(firstRow);
    }

    /**
     * Writes the rows that windows go over in another order than that in which they come.
     *
     * @param bytes of one row
     * @param row its place among all rows
     */
    public void writeRow(final ByteBuffer bytes, final int row) throws IOException {
        features.writeAt(bytes, (long) row * bytes.remaining());
    }

    /** Completes the dataset, moves it to its place and opens it. */
    public Dataset finish() throws IOException {
        return finish(info);
    }

    /**
     * The same where the description is complete at the end only, as that of rows whose encoding is learned from them.
     *
     * @param complete with the same classes
     */
    public Dataset finish(final DatasetInfo complete) throws IOException {
        features.writeCollected();
        targets.writeCollected();
        weights.writeCollected();
        if (windows != null) {
            windows.writeCollected();
        }
        if (features.bytes != complete.featureBytes()
                || targets.bytes != complete.targetBytes()
                || weights.bytes != complete.weightBytes()
                || (windows == null ? 0 : windows.bytes) != complete.windowBytes()) {
            throw new IllegalStateException("a dataset of " + complete.samples() + " samples needs "
                    + complete.featureBytes()
                    + " bytes of features, " + complete.targetBytes() + " of targets and " + complete.weightBytes()
                    + " of weights, but it got " + features.bytes + ", " + targets.bytes + " and " + weights.bytes);
        }
        checkUnused(folder);
        try {
            closeParts();
            unfinished.writeDescription(complete);
            Files.deleteIfExists(folder);
            Files.move(unfinished.path(), folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException trouble) {
            throw sentence(folder, trouble);
        }
        return Dataset.open(folder);
    }

    /** Removes what was written, unless it is finished. */
    @Override
    public void close() throws IOException {
        try (hidden) {
            closeParts();
        }
    }

    private void closeParts() throws IOException {
        features.channel.close();
        targets.channel.close();
        weights.channel.close();
        if (windows != null) {
            windows.channel.close();
        }
    }

    /** One file, with the bytes that wait for it. */
    private final class Part {
        private final WritableByteChannel channel;
        private final ByteBuffer collected =
                ByteBuffer.allocateDirect(COLLECTED_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        private long bytes;
        /** Behind the last piece that was given a place. */
        private long next;

        Part(final WritableByteChannel channel) {
            this.channel = channel;
        }

        void write(final ByteBuffer data) throws IOException {
            if (data.remaining() > collected.remaining()) {
                writeCollected();
            }
            if (data.remaining() > collected.remaining()) {
                writeNow(data);
            } else {
                collected.put(data);
            }
        }

        /** Pieces that follow one another are collected as others are. */
        void writeAt(final ByteBuffer data, final long position) throws IOException {
            if (position != next) {
                writeCollected();
                seek(position);
            }
            next = position + data.remaining();
            write(data);
        }

        private void seek(final long position) throws IOException {
            try {
                ((SeekableByteChannel) channel).position(position);
            } catch (final IOException trouble) {
                throw sentence(folder, trouble);
            }
        }

        /** Where the next bytes go. */
        ByteBuffer room(final int needed) throws IOException {
            if (needed > collected.remaining()) {
                writeCollected();
            }
            return collected;
        }

        void writeCollected() throws IOException {
            writeNow(collected.flip());
            collected.clear();
        }

        private void writeNow(final ByteBuffer data) throws IOException {
            bytes += data.remaining();
            try {
                while (data.hasRemaining()) {
                    channel.write(data);
                }
            } catch (final IOException trouble) {
                throw sentence(folder, trouble);
            }
        }
    }

    /** Removes the files of a dataset, and nothing else. */
    public static void delete(final DatasetFolder files) throws IOException {
        if (Files.isDirectory(files.path())) {
            Files.deleteIfExists(files.features());
            Files.deleteIfExists(files.targets());
            Files.deleteIfExists(files.weights());
            Files.deleteIfExists(files.windows());
            Files.deleteIfExists(files.description());
            Files.delete(files.path());
        }
    }

    private static void checkUnused(final Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isEmpty()) {
                    return;
                }
            }
        }
        throw new InvalidInputException("A new or empty folder was expected for a dataset, but " + folder
                + " is in use; choose another folder.");
    }

    private static IOException sentence(final Path folder, final IOException trouble) {
        return FileTrouble.writing("The dataset", folder, trouble);
    }
}
