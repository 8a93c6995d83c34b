package org.gradienttape.data.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;

/**
 * Which folder holds the images to train on, and which those for tests. A chosen folder may hold the class folders itself, or
 * folders named train, test and val (or training, testing, valid, validation) that hold them.
 *
 * @param training the folder with the classes
 * @param test the folder with the same classes that is kept for tests
 * @param others folders of further parts, which are not read
 */
public record ImageFolderParts(Path training, Optional<Path> test, List<Path> others) {
    private static final Set<String> TRAINING = Set.of("train", "training");
    private static final Set<String> TEST = Set.of("test", "testing");
    private static final Set<String> VALIDATION = Set.of("val", "valid", "validation");

    /**
     * Looks at the names of the sub-folders, and whether they hold folders and no images.
     *
     * @throws InvalidInputException if there is no such folder, or the parts do not make sense
     */
    public static ImageFolderParts of(final ImageFolderSource source) throws IOException {
        final Path chosen = source.training();
        final List<Path> folders = ClassFolders.subfolders(chosen);
        if (folders.isEmpty() || !areParts(folders)) {
            return new ImageFolderParts(chosen, source.test(), List.of());
        }
        final Path training = only(TRAINING, folders, chosen)
                .orElseThrow(() -> new InvalidInputException("A folder named train was expected in " + chosen
                        + " beside " + folders.get(0).getFileName() + ", but there is none; choose a folder with one"
                        + " sub-folder per class, or rename one of its folders."));
        final Optional<Path> own = only(TEST, folders, chosen);
        final Optional<Path> test = source.test().or(() -> own);
        final List<Path> others = new ArrayList<>(folders);
        others.remove(training);
        final Optional<Path> validation = only(VALIDATION, folders, chosen);
        final Optional<Path> heldOut = test.isPresent() ? test : validation;
        heldOut.ifPresent(others::remove);
        return new ImageFolderParts(training, heldOut, others);
    }

    /** What a person should hear about the parts; nothing if all are read. */
    List<String> warnings(final boolean withTestFiles) {
        final List<String> warnings = new ArrayList<>();
        if (!withTestFiles && test.filter(this::isBesideTraining).isPresent()) {
            warnings.add("The images in " + test.get()
                    + " were not read; to hold them out, choose the source's test files" + " as the held-out part.");
        }
        others.forEach(other -> warnings.add("The images in " + other + " were not read; to hold them out, choose "
                + other + " as the folder of test images."));
        return warnings;
    }

    private boolean isBesideTraining(final Path folder) {
        return training.resolveSibling(folder.getFileName()).equals(folder);
    }

    /** All folders have the name of a part, and hold class folders alone. */
    private static boolean areParts(final List<Path> folders) throws IOException {
        for (final Path folder : folders) {
            final String name = name(folder);
            final boolean named = TRAINING.contains(name) || TEST.contains(name) || VALIDATION.contains(name);
            if (!named || ClassFolders.subfolders(folder).isEmpty() || ClassFolders.images(folder) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Path> only(final Set<String> names, final List<Path> folders, final Path chosen) {
        final List<Path> found =
                folders.stream().filter(folder -> names.contains(name(folder))).toList();
        if (found.size() > 1) {
            throw new InvalidInputException("One folder of each part was expected in " + chosen + ", but there are "
                    + found.get(0).getFileName() + " and " + found.get(1).getFileName()
                    + "; rename or join them, or choose one of them.");
        }
        return found.stream().findFirst();
    }

    private static String name(final Path folder) {
        return folder.getFileName().toString().toLowerCase(Locale.ROOT);
    }
}
