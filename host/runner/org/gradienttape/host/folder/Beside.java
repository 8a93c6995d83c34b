package org.gradienttape.host.folder;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hidden files and folders in a folder, for as long as somebody works with them. Beside them lies a file that is locked until
 * then; where the lock is free although the file is there, its process was killed, and the next one tidies up: what had been
 * put aside goes back to its place if nothing took that, everything else is deleted.
 */
public final class Beside implements Closeable {

    private static final String START = ".gradienttape-host-";
    private static final String LOCK = ".lock";
    /** Comes between the name of what works and the name of what was put aside. */
    private static final String ASIDE = "-aside-";

    /** Of this process. Opening one and closing it again would give up its lock. */
    private static final Set<Path> LIVING = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final String name;
    private final FileChannel lock;

    private Beside(final Path folder, final String name, final FileChannel lock) {
        this.folder = folder;
        this.name = name;
        this.lock = lock;
    }

    /**
     * Tidies up after killed processes and begins.
     *
     * @throws IOException if the folder does not exist or cannot be written to
     */
    public static Beside in(final Path folder) throws IOException {
        final Path real = folder.toRealPath();
        tidy(real);
        while (true) {
            final String name = START + UUID.randomUUID();
            final Path file = real.resolve(name + LOCK);
            LIVING.add(file);
            final FileChannel lock = open(file);
            try {
                lock.lock();
            } catch (final IOException noLocksHere) {
                return new Beside(real, name, lock); // nobody will take it for dead
            }
            if (Files.exists(file)) {
                return new Beside(real, name, lock);
            }
            lock.close(); // somebody took it for dead before it was locked
            LIVING.remove(file);
        }
    }

    private static FileChannel open(final Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (final IOException e) {
            LIVING.remove(file);
            throw e;
        }
    }

    /** Returns a place for something new, which does not exist yet. */
    public Path fresh(final String purpose) {
        return folder.resolve(name + "-" + purpose);
    }

    /** Returns where something of this folder is while something else takes its place. */
    public Path aside(final Path place) {
        return folder.resolve(name + ASIDE + place.getFileName());
    }

    /** Deletes what is left. */
    @Override
    public void close() throws IOException {
        final Path file = folder.resolve(name + LOCK);
        try {
            tidy(folder, name);
            Files.deleteIfExists(file);
        } finally {
            lock.close();
            LIVING.remove(file);
        }
    }

    /** Tidies up after killed processes; what cannot be done stays for the next one. */
    public static void tidy(final Path folder) {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(folder.toRealPath(), START + "*" + LOCK)) {
            for (final Path file : locks) {
                if (!LIVING.contains(file) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    tidyIfDead(file);
                }
            }
        } catch (final IOException cannotBeListed) {
            return;
        }
    }

    private static void tidyIfDead(final Path file) {
        final String lockName = file.getFileName().toString();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                tidy(file.getParent(), lockName.substring(0, lockName.length() - LOCK.length()));
                Files.deleteIfExists(file);
            }
        } catch (final IOException | OverlappingFileLockException notOurs) {
            return;
        }
    }

    private static void tidy(final Path folder, final String name) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, name + ASIDE + "*")) {
            for (final Path aside : left) {
                final Path place = folder.resolve(aside.getFileName().toString().substring((name + ASIDE).length()));
                if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(aside, place);
                }
            }
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, name + "-*")) {
            for (final Path unfinished : left) {
                Folders.delete(unfinished);
            }
        }
    }
}
