package org.gradienttape.image;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.IfExists;
import org.gradienttape.file.PlannedFile;

/**
 * Which files will be written into one folder; made before anything is written.
 *
 * @param files one for each name, in the same order
 */
record WritePlan(List<PlannedFile> files) {
    /**
     * A name that somebody wants for a file.
     *
     * @param owner for error sentences, for example: Row "Row3"
     * @param name any text; gets an ending that fits
     * @param format of the file
     */
    record Wanted(String owner, String name, ImageFormat format) {}

    WritePlan {
        files = List.copyOf(files);
    }

    /**
     * Checks all names and looks what is there.
     *
     * @throws InvalidInputException if a name is none, is wanted twice (upper or lower case), or is there and may not be
     *     touched; names the owner
     */
    static WritePlan of(final Path folder, final List<Wanted> names, final IfExists ifExists) {
        final Map<String, String> owners = new HashMap<>();
        final List<PlannedFile> files = new ArrayList<>();
        for (final Wanted wanted : names) {
            final Path path = path(folder, wanted);
            final String name = path.getFileName().toString();
            final String other = owners.put(FileName.identity(name), wanted.owner());
            if (other != null) {
                throw refused(
                        wanted,
                        "the file name \"" + name + "\" is that of " + other
                                + " already (upper and lower case count as the same)");
            }
            files.add(new PlannedFile(path, status(path, wanted, ifExists)));
        }
        return new WritePlan(files);
    }

    private static Path path(final Path folder, final Wanted wanted) {
        try {
            return folder.resolve(FileName.of(wanted.name(), wanted.format()));
        } catch (final InvalidInputException noName) {
            throw refused(wanted, noName.getMessage());
        } catch (final InvalidPathException notHere) {
            throw refused(wanted, "this machine takes no such file name: " + notHere.getReason());
        }
    }

    private static PlannedFile.Status status(final Path path, final Wanted wanted, final IfExists ifExists) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return PlannedFile.Status.CREATED;
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(path)) {
            throw refused(
                    wanted,
                    (Files.isDirectory(path) ? "a folder" : "something that is no file") + " is where the file " + path
                            + " should be");
        }
        return switch (ifExists) {
            case FAIL -> throw refused(wanted, "the file " + path + " exists already, and it is to stay");
            case OVERWRITE -> PlannedFile.Status.OVERWRITTEN;
            case SKIP -> PlannedFile.Status.SKIPPED;
        };
    }

    private static InvalidInputException refused(final Wanted wanted, final String reason) {
        return new InvalidInputException(
                wanted.owner() + ": " + reason + "; nothing was written, choose another name.");
    }
}
