package org.gradienttape.data.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FileTrouble;
import org.gradienttape.file.FolderTree;

/**
 * A folder with one sub-folder per class, and the images of the class in it or below it. Classes and files are sorted by
 * name, as Keras does. Hidden files and folders are left out; files that do not end like images are counted.
 *
 * @param path of the folder
 * @param classes the sub-folders by the name of the class, sorted
 * @param leftOut files that do not end like images, as far as images were listed
 */
public record ClassFolders(Path path, Map<String, Path> classes, LeftOutFiles leftOut) {
    private static final List<String> ENDINGS =
            List.of(".png", ".jpg", ".jpeg", ".jfif", ".bmp", ".gif", ".tif", ".tiff", ".webp");
    /** What Java reads for each byte of a name that is none of a sign, in the character set of the process. */
    private static final String NO_SIGN = "\ufffd";
    /** What macOS adds to a ZIP file. */
    private static final String ARCHIVE_NOTES = "__MACOSX";

    /**
     * Finds the classes, without a look into them.
     *
     * @throws InvalidInputException if there is no such folder, no class in it, one whose name cannot be read, or two whose
     *     names differ in case alone
     */
    public static ClassFolders of(final Path path) throws IOException {
        final Map<String, Path> classes = new TreeMap<>();
        subfolders(path).forEach(folder -> classes.put(readableName(folder), folder));
        if (classes.isEmpty()) {
            throw new InvalidInputException("One sub-folder per class was expected in " + path
                    + ", but it has none; put the images of each class into a folder named after it.");
        }
        checkNames(classes.keySet(), path);
        return new ClassFolders(path, classes, new LeftOutFiles());
    }

    /** Names that cannot be read would be one where they differ, and others than those of the same classes elsewhere. */
    private static String readableName(final Path folder) {
        final String name = folder.getFileName().toString();
        if (name.contains(NO_SIGN)) {
            throw new InvalidInputException("The names of the class folders in " + folder.getParent()
                    + " should be text that this program can read, but one is " + name
                    + "; rename it, or start the program with the environment variable LC_ALL set to C.UTF-8.");
        }
        return name;
    }

    /**
     * The sub-folders, sorted by name.
     *
     * @throws InvalidInputException if there is no such folder
     */
    static List<Path> subfolders(final Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new InvalidInputException("A folder of images was expected at " + path + ", but "
                    + (Files.exists(path) ? "it is a file" : "it does not exist") + "; choose a folder.");
        }
        return content(path).stream().filter(Files::isDirectory).toList();
    }

    /** How many images lie in the folder itself. */
    public static long images(final Path path) throws IOException {
        return content(path).stream().filter(ClassFolders::isImage).count();
    }

    /** What lies in a folder itself, sorted by name; nothing hidden. */
    private static List<Path> content(final Path path) throws IOException {
        try {
            return FolderTree.content(path).stream()
                    .filter(entry -> !isHidden(entry))
                    .sorted()
                    .toList();
        } catch (final IOException trouble) {
            throw FileTrouble.reading("The folder of images", path, trouble);
        }
    }

    /** The names of the classes, sorted. */
    List<String> names() {
        return List.copyOf(classes.keySet());
    }

    /**
     * The images of one class, sorted by path.
     *
     * @throws InvalidInputException if there is none
     */
    public List<Path> images(final String name) throws IOException {
        final Path folder = classes.get(name);
        final List<Path> images = new ArrayList<>();
        final String what = "The folder of the class " + name;
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            files.filter(file -> !isHidden(file) && !Files.isDirectory(file))
                    .sorted()
                    .forEach(file -> add(file, images));
        } catch (final UncheckedIOException trouble) {
            throw FileTrouble.reading(what, folder, trouble.getCause());
        } catch (final IOException trouble) {
            throw FileTrouble.reading(what, folder, trouble);
        }
        if (images.isEmpty()) {
            throw new InvalidInputException("Images were expected in the class folder " + folder + ", but it has none"
                    + (leftOut.count() == 0 ? "" : " (only files that do not end like images: " + leftOut + ")")
                    + "; add some or remove the folder.");
        }
        return images;
    }

    private void add(final Path file, final List<Path> images) {
        if (!Files.isRegularFile(file)) {
            leftOut.addNoFile(file);
        } else if (isImage(file)) {
            images.add(file);
        } else {
            leftOut.add(file);
        }
    }

    /** What a person should hear about files that are not read, once the images are listed. */
    List<String> warnings() throws IOException {
        for (final Path beside : content(path)) {
            if (!Files.isDirectory(beside) && !Files.isRegularFile(beside)) {
                leftOut.addNoFile(beside);
            }
        }
        final List<String> warnings = new ArrayList<>(leftOut.warnings());
        final long withoutClass = images(path);
        if (withoutClass > 0) {
            warnings.add(withoutClass + (withoutClass == 1 ? " picture lies" : " pictures lie") + " in " + path
                    + " itself and not in one of its class folders; left out.");
        }
        return warnings;
    }

    private static void checkNames(final Iterable<String> names, final Path path) {
        final Map<String, String> seen = new TreeMap<>();
        for (final String name : names) {
            final String other = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw new InvalidInputException("The names of the class folders in " + path
                        + " should differ in more than upper and lower case, but there are " + other + " and " + name
                        + "; rename or join them.");
            }
        }
    }

    private static boolean isImage(final Path file) {
        final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
    }

    private static boolean isHidden(final Path file) {
        final String name = file.getFileName().toString();
        return name.startsWith(".") || name.equals(ARCHIVE_NOTES);
    }
}
