package org.gradienttape.data.array;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FileTrouble;

/** A file that NumPy's savez wrote: a zip with one array per entry, named like the array with ".npy" behind. */
final class NpzFile implements Closeable {
    private static final String ENDING = ".npy";

    private final Path path;
    private final ZipFile zip;
    private final Map<String, ZipEntry> arrays = new TreeMap<>();

    private NpzFile(final Path path, final ZipFile zip) {
        this.path = path;
        this.zip = zip;
        zip.stream()
                .filter(entry -> entry.getName().endsWith(ENDING))
                .forEach(entry ->
                        arrays.put(entry.getName().substring(0, entry.getName().length() - ENDING.length()), entry));
    }

    /** @throws InvalidInputException if there is no such file, or it is no zip */
    static NpzFile open(final Path path) throws IOException {
        FileTrouble.expectFile("An NPZ file", path);
        try {
            return new NpzFile(path, new ZipFile(path.toFile()));
        } catch (final ZipException | EOFException damaged) {
            throw new InvalidInputException(
                    "An NPZ file was expected at " + path + ", but it is no zip or damaged ("
                            + (damaged.getMessage() == null ? "its end is missing" : damaged.getMessage())
                            + "); choose a file that numpy.savez wrote.",
                    damaged);
        } catch (final IOException trouble) {
            throw FileTrouble.reading("The NPZ file", path, trouble);
        }
    }

    /**
     * Opens one array.
     *
     * @throws InvalidInputException if there is none of this name, or it cannot be taken
     */
    SampleArray array(final String name) throws IOException {
        final ZipEntry entry = arrays.get(name);
        if (entry == null) {
            throw new InvalidInputException("The array " + name + " was expected in " + path + ", but it has "
                    + (arrays.isEmpty() ? "no arrays" : "the arrays " + String.join(", ", arrays.keySet()))
                    + "; choose one of them or another file.");
        }
        return NpyArray.open(zip, entry, name + " in " + path);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
