package org.gradienttape.torch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;

/**
 * The libtorch that a person brings in place of ours, for a GPU above all: DJL looks for it in the folders that
 * PYTORCH_LIBRARY_PATH names. DJL guesses its flavor, by which it chooses its own library that calls it, and guesses
 * wrong: it adds "-precxx11", for which there is none since PyTorch 2.7. So we look.
 */
final class OwnLibtorch {
    static final String FOLDER = "PYTORCH_LIBRARY_PATH";
    static final String FLAVOR = "PYTORCH_FLAVOR";

    /** The only CUDA, 12.8, that DJL's own library for PyTorch 2.7.1 is made for, in the folder jnilib of its jar. */
    static final String CUDA_FLAVOR = "cu128";

    private static final String CPU_FLAVOR = "cpu";

    private OwnLibtorch() {}

    /**
     * The flavor of the libtorch that this process is to use; empty if it is ours, or if the person has named the
     * flavor.
     *
     * @throws InvalidInputException if there is no libtorch where one was promised
     */
    static Optional<String> flavor() {
        return setting(FLAVOR).isPresent() ? Optional.empty() : setting(FOLDER).map(OwnLibtorch::flavorIn);
    }

    /**
     * The flavor of the libtorch in one of these folders.
     *
     * @param folders as the environment variable names them
     */
    static String flavorIn(final String folders) {
        final List<Path> paths =
                Arrays.stream(folders.split(File.pathSeparator)).map(Path::of).toList();
        if (!contains(paths, "torch")) {
            throw new InvalidInputException("The environment variable " + FOLDER + " should name the lib folder of a"
                    + " libtorch, but there is no file " + System.mapLibraryName("torch") + " in " + folders
                    + "; correct it, or unset it to use the libtorch that came with the nodes.");
        }
        return contains(paths, "torch_cuda") ? CUDA_FLAVOR : CPU_FLAVOR;
    }

    private static boolean contains(final List<Path> folders, final String library) {
        return folders.stream().anyMatch(folder -> Files.isRegularFile(folder.resolve(System.mapLibraryName(library))));
    }

    private static Optional<String> setting(final String name) {
        return Stream.of(System.getenv(name), System.getProperty(name))
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }
}
