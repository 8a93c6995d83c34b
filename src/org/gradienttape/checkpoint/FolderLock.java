package org.gradienttape.checkpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;

/**
 * Keeps a folder for one run alone while it lives. The lock is one of the operating system on a file, so that it ends with
 * the process, however that ends; the file says who has it.
 */
public final class FolderLock implements AutoCloseable {
    private static final String NAME = ".lock";
    /** Behind all that is written, since some systems let nobody read what is locked. */
    private static final long PLACE = 1L << 40;

    private static final int MOST_OWNER_BYTES = 400;
    /** Folders of runs in this process, in which the operating system sees one owner only. */
    private static final Set<Path> LOCKED_HERE = new HashSet<>();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(final Path folder, final FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes a folder that is there.
     *
     * @throws InvalidInputException if another run has it; says who
     * @throws IOException if nothing can be written there
     */
    public static FolderLock take(final Path folder) throws IOException {
        final Path real = folder.toRealPath();
        synchronized (LOCKED_HERE) {
            if (!LOCKED_HERE.add(real)) { // the file must not be opened: closing it would end the lock
                throw taken(folder, owner());
            }
        }
        try {
            return lock(folder, real);
        } catch (final IOException | RuntimeException failure) {
            free(real);
            throw failure;
        }
    }

    /** Whether a run has a folder; nobody has one that is not there. */
    public static boolean isTaken(final Path folder) {
        try {
            take(folder).close();
            return false;
        } catch (final InvalidInputException taken) {
            return true;
        } catch (final IOException notThere) {
            return false;
        }
    }

    private static FolderLock lock(final Path folder, final Path real) throws IOException {
        final FileChannel channel = FileChannel.open(
                real.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean keeps = false;
        try {
            if (channel.tryLock(PLACE, 1, false) == null) {
                throw taken(folder, read(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(owner().getBytes(StandardCharsets.UTF_8)));
            keeps = true;
            return new FolderLock(real, channel);
        } finally {
            if (!keeps) {
                channel.close();
            }
        }
    }

    private static String read(final FileChannel channel) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(MOST_OWNER_BYTES);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
    }

    private static String owner() {
        return "process " + ProcessHandle.current().pid() + " on " + host();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (final UnknownHostException unnamed) {
            return "this machine";
        }
    }

    private static InvalidInputException taken(final Path folder, final String owner) {
        return new InvalidInputException("A run needs a folder of its own, but another run, in " + owner + ", is using "
                + folder + "; wait for its end or choose another folder.");
    }

    private static void free(final Path real) {
        synchronized (LOCKED_HERE) {
            LOCKED_HERE.remove(real);
        }
    }

    /** The file stays: who deletes it may delete that of the next owner. */
    @Override
    public void close() throws IOException {
        try (channel) {
            channel.truncate(0);
        } catch (final ClosedByInterruptException cancelled) {
            return; // closed all the same, and so free
        } finally {
            free(folder);
        }
    }
}
