package org.gradienttape.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.gradienttape.error.InvalidInputException;

/**
 * A file that is there as a whole or not at all: written to a hidden file beside its place, brought to the disk, then
 * moved. A failure leaves nothing behind and a file that was there before untouched.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** What goes into the file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file.
     *
     * @param what is written, for error sentences, for example "The model"
     * @throws InvalidInputException if the file is there and is to stay, or its folder is not there
     * @throws IOException if it cannot be written, with a sentence
     */
    public static void write(final String what, final Path file, final IfExists ifExists, final Content content)
            throws IOException {
        final Path place = place(file);
        checkKind(what, place);
        if (ifExists != IfExists.OVERWRITE && Files.exists(place)) {
            giveWay(what, place, ifExists);
            return;
        }
        checkFolder(what, place);
        try (UnfinishedFiles unfinished = UnfinishedFiles.in(place.getParent())) {
            final Path hidden = unfinished.next();
            writeThrough(hidden, content);
            if (ifExists == IfExists.OVERWRITE) {
                Moves.replacing(hidden, place);
            } else {
                Moves.asNew(hidden, place);
            }
            Moves.sync(place.getParent());
        } catch (final FileAlreadyExistsException meanwhile) {
            giveWay(what, place, ifExists);
        } catch (final IOException trouble) {
            throw FileTrouble.writing(what, place, trouble);
        }
    }

    /**
     * Says early whether a file that takes long to make could be written or overwritten.
     *
     * @param what as for writing it
     * @throws InvalidInputException if its place is no file, or its folder is not there
     * @throws IOException if nothing can be written into the folder, with a sentence
     */
    public static void check(final String what, final Path file) throws IOException {
        final Path place = place(file);
        checkKind(what, place);
        checkFolder(what, place);
        try {
            UnfinishedFiles.in(place.getParent()).close();
        } catch (final IOException trouble) {
            throw FileTrouble.writing(what, place, trouble);
        }
    }

    /** Where the file goes: a link stays, and what it leads to is replaced. */
    private static Path place(final Path file) throws IOException {
        final Path place = file.toAbsolutePath();
        return Files.isSymbolicLink(place) && Files.exists(place) ? place.toRealPath() : place;
    }

    private static void checkKind(final String what, final Path place) {
        if (Files.exists(place) && !Files.isRegularFile(place)) {
            throw new InvalidInputException(what + " should become the file " + place + ", but that is "
                    + (Files.isDirectory(place) ? "a folder" : "no file") + "; choose another name.");
        }
    }

    private static void checkFolder(final String what, final Path place) {
        if (!Files.isDirectory(place.getParent())) {
            throw new InvalidInputException(what + " should go into the folder " + place.getParent()
                    + ", but there is no such folder; create it or choose another place.");
        }
    }

    private static void writeThrough(final Path file, final Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            final OutputStream out =
                    new BufferedOutputStream(Channels.newOutputStream(channel)); // a zip writes single bytes
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    private static void giveWay(final String what, final Path place, final IfExists ifExists) {
        if (ifExists == IfExists.FAIL) {
            throw new InvalidInputException(what + " should become the new file " + place
                    + ", but there is one already; choose another name or allow to overwrite it.");
        }
    }
}
