package org.gradienttape.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.gradienttape.checkpoint.FolderLock;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FileTrouble;

/**
 * The folder of a run, which is that run's alone until this is closed, or its process ends. The driver has a lock of its own
 * there, since it may live a little longer than whoever started it.
 */
public final class RunPlace implements AutoCloseable {
    private static final String OF_DRIVER = "driver";
    private static final long SECONDS_FOR_THE_LAST_DRIVER = 40;
    private static final long MILLISECONDS_BETWEEN_LOOKS = 200;

    private final Path folder;
    private final FolderLock lock;

    private RunPlace(final Path folder, final FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes a folder, and makes it if it is not there; waits for the driver of a run that was killed there.
     *
     * @throws InvalidInputException if another run has it, or nothing can be written there
     */
    public static RunPlace take(final Path folder) {
        try {
            return takeOrFail(folder.toAbsolutePath());
        } catch (final IOException trouble) {
            throw FileTrouble.refused("The files of the run", folder, trouble);
        }
    }

    private static RunPlace takeOrFail(final Path place) throws IOException {
        Files.createDirectories(place.resolve(OF_DRIVER));
        final FolderLock lock = FolderLock.take(place);
        try {
            awaitDriver(place);
            return new RunPlace(place, lock);
        } catch (final IOException | RuntimeException taken) {
            lock.close();
            throw taken;
        }
    }

    private static void awaitDriver(final Path place) throws IOException {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_FOR_THE_LAST_DRIVER);
        while (true) {
            try {
                ofDriver(place).close();
                return;
            } catch (final InvalidInputException lives) {
                if (System.nanoTime() > end) {
                    throw lives;
                }
            }
            try {
                TimeUnit.MILLISECONDS.sleep(MILLISECONDS_BETWEEN_LOOKS);
            } catch (final InterruptedException cancel) {
                Thread.currentThread().interrupt();
                throw new InvalidInputException("The run was cancelled before it began.", cancel);
            }
        }
    }

    /**
     * Taken by the driver for its life.
     *
     * @param place the folder of the run
     * @throws InvalidInputException if another driver has it
     */
    static FolderLock ofDriver(final Path place) throws IOException {
        return FolderLock.take(place.resolve(OF_DRIVER));
    }

    /** Absolute. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
