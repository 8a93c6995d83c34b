package org.gradienttape.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hidden files and folders in a folder, until they are moved to their places. Beside them lies a file that is locked as long as their
 * writer lives; where the lock is free although the file is there, the writer was killed, and the next one takes its files
 * away.
 */
public final class UnfinishedFiles implements Closeable {
    private static final String START = ".gradienttape-";
    private static final String LOCK = ".lock";
    /** Of this process. Opening one and closing it again would give up its lock. */
    private static final Set<Path> LIVING = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final String name;
    private final FileChannel lock;
    private int count;

    private UnfinishedFiles(final Path folder, final String name, final FileChannel lock) {
        this.folder = folder;
        this.name = name;
        this.lock = lock;
    }

    /**
     * Takes away what killed writers have left in the folder, and begins.
     *
     * @throws IOException if the folder cannot be written to
     */
    public static UnfinishedFiles in(final Path folder) throws IOException {
        final Path real = folder.toRealPath();
        sweep(real);
        while (true) {
            final String name = START + UUID.randomUUID();
            final Path file = real.resolve(name + LOCK);
            LIVING.add(file);
            final FileChannel lock = open(file);
            try {
                lock.lock();
            } catch (final IOException noLocksHere) {
                return new UnfinishedFiles(real, name, lock); // nobody will take it for dead
            }
            if (Files.exists(file)) {
                return new UnfinishedFiles(real, name, lock);
            }
            lock.close(); // somebody took it for dead before it was locked
            LIVING.remove(file);
        }
    }

    private static FileChannel open(final Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (final IOException trouble) {
            LIVING.remove(file);
            throw trouble;
        }
    }

    /** A place for the next file or folder, which does not exist yet; what is still there at the end is deleted. */
    public Path next() {
        return folder.resolve(name + "-" + count++ + ".tmp");
    }

    @Override
    public void close() throws IOException {
        try {
            for (int i = 0; i < count; i++) {
                delete(folder.resolve(name + "-" + i + ".tmp"));
            }
            Files.deleteIfExists(folder.resolve(name + LOCK));
        } finally {
            lock.close();
            LIVING.remove(folder.resolve(name + LOCK));
        }
    }

    private static void delete(final Path unfinished) throws IOException {
        if (Files.exists(unfinished, LinkOption.NOFOLLOW_LINKS)) {
            FolderTree.delete(unfinished);
        }
    }

    /** What cannot be taken away stays for the next one. */
    private static void sweep(final Path folder) {
        try {
            for (final Path file : content(folder, START, LOCK)) {
                if (!LIVING.contains(file) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    sweepIfDead(file);
                }
            }
        } catch (final IOException cannotBeListed) {
            return;
        }
    }

    private static List<Path> content(final Path folder, final String start, final String end) throws IOException {
        return FolderTree.content(folder).stream()
                .filter(file -> file.getFileName().toString().startsWith(start)
                        && file.getFileName().toString().endsWith(end))
                .toList();
    }

    private static void sweepIfDead(final Path file) {
        final String lockName = file.getFileName().toString();
        final String name = lockName.substring(0, lockName.length() - LOCK.length());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                return;
            }
            for (final Path unfinished : content(file.getParent(), name + "-", ".tmp")) {
                delete(unfinished);
            }
            Files.deleteIfExists(file);
        } catch (final IOException | OverlappingFileLockException notOurs) {
            return;
        }
    }
}
