package org.gradienttape.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;

/**
 * Writes a {@link Dataset} into a hidden folder beside its place and moves it there when it is complete. Whoever closes
 * the writer before {@link #finish} leaves nothing behind. Not for several threads.
 */
public final class DatasetWriter implements Closeable {
    private static final int LABELS_PER_WRITE = 1 << 14;
    /** Smaller pieces are collected before they go to the file. */
    private static final int COLLECTED_BYTES = 1 << 16;

    private final Path folder;
    private final DatasetInfo info;
    private final DatasetFolder unfinished;
    private final WritableByteChannel features;
    private final WritableByteChannel labels;
    private final ByteBuffer collected = ByteBuffer.allocateDirect(COLLECTED_BYTES);
    private long featureBytes;
    private int labelCount;

    /** How the files are opened; a test puts a full disk in here. */
    @FunctionalInterface
    interface Opener {
        WritableByteChannel open(Path file) throws IOException;
    }

    private DatasetWriter(
            final Path folder, final DatasetInfo info, final DatasetFolder unfinished, final Opener opener)
            throws IOException {
        this.folder = folder;
        this.info = info;
        this.unfinished = unfinished;
        this.features = opener.open(unfinished.features());
        this.labels = opener.open(unfinished.labels());
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
        final DatasetFolder unfinished =
                new DatasetFolder(place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".tmp"));
        try {
            Files.createDirectories(place.getParent());
            Files.createDirectory(unfinished.path());
            return new DatasetWriter(place, info, unfinished, opener);
        } catch (final IOException trouble) {
            delete(unfinished);
            throw sentence(place, trouble);
        }
    }

    /** Appends stored bytes of samples; any number of them, but all together {@link DatasetInfo#featureBytes}. */
    public void writeFeatures(final ByteBuffer bytes) throws IOException {
        featureBytes += bytes.remaining();
        if (bytes.remaining() > collected.remaining()) {
            writeCollected();
        }
        if (bytes.remaining() > collected.remaining()) {
            write(features, bytes);
        } else {
            collected.put(bytes);
        }
    }

    /**
     * Appends labels.
     *
     * @throws InvalidInputException for a label outside the classes
     */
    public void writeLabels(final int... values) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(4 * LABELS_PER_WRITE).order(ByteOrder.LITTLE_ENDIAN);
        for (final int label : values) {
            if (label < 0 || label >= info.classes()) {
                throw new InvalidInputException(info.name() + " has " + info.classes()
                        + " classes, so labels go from 0 to " + (info.classes() - 1) + ", but sample " + labelCount
                        + " has the label " + label + "; correct the labels or the class names.");
            }
            bytes.putInt(label);
            labelCount++;
            if (!bytes.hasRemaining()) {
                write(labels, bytes.flip());
                bytes.clear();
            }
        }
        write(labels, bytes.flip());
    }

    /** Completes the dataset, moves it to its place and opens it. */
    public Dataset finish() throws IOException {
        if (featureBytes != info.featureBytes() || labelCount != info.samples()) {
            throw new IllegalStateException("a dataset of " + info.samples() + " samples needs " + info.featureBytes()
                    + " bytes and as many labels as samples, but it got " + featureBytes + " bytes and " + labelCount
                    + " labels");
        }
        checkUnused(folder);
        writeCollected();
        try {
            features.close();
            labels.close();
            unfinished.writeDescription(info);
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
        features.close();
        labels.close();
        delete(unfinished);
    }

    /** Removes the files of a dataset, and nothing else. */
    static void delete(final DatasetFolder files) throws IOException {
        if (Files.isDirectory(files.path())) {
            Files.deleteIfExists(files.features());
            Files.deleteIfExists(files.labels());
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

    private void writeCollected() throws IOException {
        write(features, collected.flip());
        collected.clear();
    }

    private void write(final WritableByteChannel channel, final ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (final IOException trouble) {
            throw sentence(folder, trouble);
        }
    }

    private static IOException sentence(final Path folder, final IOException trouble) {
        return FileTrouble.writing("The dataset", folder, trouble);
    }
}
