package org.gradienttape.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FileTrouble;
import org.gradienttape.file.FolderTree;
import org.gradienttape.model.LaterVersion;
import org.gradienttape.model.ModelFile;
import org.gradienttape.state.RunState;

/**
 * The folder of a run's checkpoints. They are numbered, and the last two stay; each is there as a whole at any time, and is a
 * model file, too.
 */
final class Checkpoints implements AutoCloseable {
    private static final int KEPT = 2;
    private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{1,9})\\.gradienttape");
    /** What the death of a process while it writes leaves. */
    private static final Pattern UNFINISHED = Pattern.compile("\\." + NAME.pattern() + "\\..*\\.tmp");

    private final Path folder;
    private final FolderLock lock;
    /** Of runs before this one, if it began anew. */
    private List<Path> earlier = List.of();

    private Checkpoints(final Path folder, final FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the folder for a run, makes it if it is not there, and clears away what a dead run left unfinished.
     *
     * @throws InvalidInputException if another run has it, or nothing can be written into it
     */
    static Checkpoints open(final Path folder) {
        try {
            Files.createDirectories(folder);
            return cleared(new Checkpoints(folder, FolderLock.take(folder)));
        } catch (final IOException trouble) {
            throw FileTrouble.refused("The checkpoints of the run", folder, trouble);
        }
    }

    private static Checkpoints cleared(final Checkpoints checkpoints) throws IOException {
        try {
            checkpoints.clear();
            return checkpoints;
        } catch (final IOException trouble) {
            checkpoints.close();
            throw trouble;
        }
    }

    private void clear() throws IOException {
        for (final Path file : list()) {
            if (UNFINISHED.matcher(file.getFileName().toString()).matches()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * The newest state that can be read.
     *
     * @param log hears of a damaged one
     * @throws InvalidInputException if there are checkpoints and none can be read; or the newest is of a later version
     * @throws IOException if one cannot be read
     */
    Optional<RunState> latest(final Consumer<String> log) throws IOException {
        InvalidInputException first = null;
        for (final Path file : checkpoints()) {
            try {
                return Optional.of(ModelFile.readRun(file));
            } catch (final InvalidInputException damaged) {
                if (damaged.getCause() instanceof LaterVersion) {
                    throw damaged;
                }
                first = first == null ? damaged : first;
                log.accept(damaged.getMessage());
            }
        }
        if (first != null) {
            throw first;
        }
        return Optional.empty();
    }

    /**
     * Says that those which are there are of another run: they stay until the first one of this run is written.
     *
     * @throws IOException if the folder cannot be read
     */
    void beginAnew() throws IOException {
        earlier = checkpoints();
    }

    /**
     * Writes the next one, and deletes all but the last two of this run.
     *
     * @throws InvalidInputException if it cannot be written; those that were there stay
     * @throws IOException likewise
     */
    void write(final Snapshot snapshot) throws IOException {
        final List<Path> before = checkpoints();
        final long number = before.isEmpty() ? 1 : number(before.get(0)) + 1;
        final Path file = folder.resolve(String.format(Locale.ROOT, "checkpoint-%06d.gradienttape", number));
        ModelFile.writeCheckpoint(snapshot.model(), snapshot.state(), file);
        for (int i = 0; i < before.size(); i++) {
            if (i >= KEPT - 1 || earlier.contains(before.get(i))) {
                Files.deleteIfExists(before.get(i));
            }
        }
    }

    void deleteAll() throws IOException {
        for (final Path file : checkpoints()) {
            Files.deleteIfExists(file);
        }
    }

    /** The newest first. */
    private List<Path> checkpoints() throws IOException {
        final List<Path> found = new ArrayList<>(list().stream()
                .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
                .toList());
        found.sort(Comparator.comparingLong(Checkpoints::number).reversed());
        return found;
    }

    private static long number(final Path file) {
        final Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : 0;
    }

    private List<Path> list() throws IOException {
        try {
            return FolderTree.content(folder);
        } catch (final IOException trouble) {
            throw FileTrouble.reading("The folder of the checkpoints", folder, trouble);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
