package org.gradienttape.hdf5;

import io.jhdf.Superblock;
import io.jhdf.WritableGroupImpl;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Writes a new HDF5 file of groups and float32 arrays; all is written when it is closed.
 *
 * <p>The library's own writer ends a file with a note about itself, which it puts behind the last array, over groups that
 * stand there; so its parts are put together here.
 */
public final class Hdf5Writer implements AutoCloseable {
    private final Path path;
    private final WritableGroupImpl root = new WritableGroupImpl(null, "/");

    /**
     * Begins a file.
     *
     * @param path where nothing is yet
     */
    public Hdf5Writer(final Path path) {
        this.path = path;
    }

    /**
     * A group.
     *
     * @param path for example "layers/dense/vars"; the groups above it are made if they are not there
     */
    public Group group(final String path) {
        WritableGroup group = root;
        for (final String name : path.split("/")) {
            group = group.getChild(name) instanceof WritableGroup known ? known : group.putGroup(name);
        }
        return new Group(group);
    }

    /** A group of the file. */
    public static final class Group {
        private final WritableGroup group;

        private Group(final WritableGroup group) {
            this.group = group;
        }

        /** Gives the group a text. */
        public void attribute(final String name, final String text) {
            group.putAttribute(name, text);
        }

        /**
         * Puts an array into the group.
         *
         * @param sizes from the outermost to the innermost, at least one
         * @param numbers row by row
         */
        public void array(final String name, final int[] sizes, final float[] numbers) {
            group.putDataset(name, nested(sizes, numbers, 0));
        }

        /** The library takes its sizes from arrays of arrays. */
        private static Object nested(final int[] sizes, final float[] numbers, final int from) {
            if (sizes.length == 1) {
                return Arrays.copyOfRange(numbers, from, from + sizes[0]);
            }
            final int[] inner = Arrays.copyOfRange(sizes, 1, sizes.length);
            final int length = Arrays.stream(inner).reduce(1, (a, b) -> a * b);
            final Object first = nested(inner, numbers, from);
            final Object rows = Array.newInstance(first.getClass(), sizes[0]);
            Array.set(rows, 0, first);
            for (int i = 1; i < sizes[0]; i++) {
                Array.set(rows, i, nested(inner, numbers, from + i * length));
            }
            return rows;
        }
    }

    @Override
    public void close() throws IOException {
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            final Superblock.SuperblockV2V3 superblock = new Superblock.SuperblockV2V3();
            final HdfFileChannel storage = new HdfFileChannel(channel, superblock);
            final long end = root.write(storage, WritableHdfFile.ROOT_GROUP_ADDRESS);
            storage.write(superblock.toBuffer(end), 0);
        } catch (final HdfException trouble) {
            throw trouble.getCause() instanceof IOException ofFile ? ofFile : new IOException(trouble);
        }
    }
}
