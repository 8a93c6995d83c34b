package org.gradienttape.torch.library;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;

/**
 * The libtorch that a person brings in place of ours, for a GPU above all: DJL looks for it in the folders that
 * PYTORCH_LIBRARY_PATH names. DJL guesses its flavor, by which it chooses its own library that calls it, and guesses
 * wrong: it adds "-precxx11", for which there is none since PyTorch 2.7. So we look.
 */
public final class OwnLibtorch {
    public static final String FOLDER = "PYTORCH_LIBRARY_PATH";
    public static final String FLAVOR = "PYTORCH_FLAVOR";

    /** The version that DJL's own library is made for; it cannot call another one. */
    static final String VERSION = "2.7.1";

    /** The only CUDA, 12.8, that DJL's own library for PyTorch 2.7.1 is made for, in the folder jnilib of its jar. */
    static final String CUDA_FLAVOR = "cu128";

    private static final String CPU_FLAVOR = "cpu";

    private static final Pattern WHOLE_VERSION = Pattern.compile("^(\\S+)\\s*$");
    private static final Pattern PYTHON_VERSION = Pattern.compile("__version__ = '([^']+)'");

    private OwnLibtorch() {}

    /**
     * The flavor of the libtorch that this process is to use; empty if it is ours, or if the person has named the
     * flavor.
     *
     * @throws InvalidInputException if there is no libtorch where one was promised
     */
    public static Optional<String> flavor() {
        return setting(FLAVOR).isPresent() ? Optional.empty() : folder().map(OwnLibtorch::flavorIn);
    }

    /** The folders that the person named; empty if the libtorch is ours. */
    public static Optional<String> folder() {
        return setting(FOLDER);
    }

    /**
     * The flavor of the libtorch in one of these folders.
     *
     * @param folders as the environment variable names them
     * @throws InvalidInputException if there is none, or if it says that it is one of another version
     */
    static String flavorIn(final String folders) {
        final Path folder = Arrays.stream(folders.split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> contains(path, "torch"))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("The environment variable " + FOLDER + " should name the"
                        + " lib folder of a libtorch, but there is no file " + System.mapLibraryName("torch") + " in "
                        + folders + "; correct it, or unset it to use the libtorch that came with the nodes."));
        version(folder).ifPresent(version -> check(version, folder));
        return contains(folder, "torch_cuda") ? CUDA_FLAVOR : CPU_FLAVOR;
    }

    private static boolean contains(final Path folder, final String library) {
        return Files.isRegularFile(folder.resolve(System.mapLibraryName(library)));
    }

    /** What stands beside the folder lib: in the archive of libtorch a file build-version, in PyTorch's version.py. */
    private static Optional<String> version(final Path folder) {
        final Path lib = folder.toAbsolutePath().normalize();
        return firstGroup(lib.resolveSibling("build-version"), WHOLE_VERSION)
                .or(() -> firstGroup(lib.resolveSibling("version.py"), PYTHON_VERSION));
    }

    private static Optional<String> firstGroup(final Path file, final Pattern pattern) {
        try {
            final Matcher matcher = pattern.matcher(Files.readString(file));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (final IOException unreadable) {
            return Optional.empty(); // most often there is none
        }
    }

    private static void check(final String version, final Path folder) {
        if (!version.equals(VERSION) && !version.startsWith(VERSION + "+")) {
            throw new InvalidInputException("The environment variable " + FOLDER + " should name the lib folder of a"
                    + " libtorch " + VERSION + ", but the one in " + folder + " is " + version
                    + "; get that version, or unset the variable to use the libtorch that came with the nodes.");
        }
    }

    private static Optional<String> setting(final String name) {
        return Stream.of(System.getenv(name), System.getProperty(name))
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }
}
