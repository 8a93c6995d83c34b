package org.gradienttape.data;

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

/**
 * A folder with one sub-folder per class, and the images of the class in it or below it. Classes and files are sorted by
 * name, as Keras does. Hidden files and folders, and files that do not end like images, are left out.
 *
 * @param path of the folder
 * @param classes the sub-folders by the name of the class, sorted
 */
record ClassFolders(Path path, Map<String, Path> classes) {
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg");

    /**
     * Finds the classes, without a look into them.
     *
     * @throws InvalidInputException if there is no such folder, no class in it, or two whose names differ in case alone
     */
    static ClassFolders of(final Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new InvalidInputException("A folder of images was expected at " + path + ", but "
                    + (Files.exists(path) ? "it is a file" : "it does not exist") + "; choose a folder.");
        }
        final Map<String, Path> classes = new TreeMap<>();
        try (Stream<Path> content = Files.list(path)) {
            content.filter(folder -> Files.isDirectory(folder) && !isHidden(folder))
                    .forEach(folder -> classes.put(folder.getFileName().toString(), folder));
        }
        if (classes.isEmpty()) {
            throw new InvalidInputException("One sub-folder per class was expected in " + path
                    + ", but it has none; put the images of each class into a folder named after it.");
        }
        checkNames(classes.keySet(), path);
        return new ClassFolders(path, classes);
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
    List<Path> images(final String name) throws IOException {
        final Path folder = classes.get(name);
        final List<Path> images = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            files.filter(file -> isImage(file) && !isHidden(file)).sorted().forEach(images::add);
        } catch (final UncheckedIOException trouble) {
            throw FileTrouble.reading("The folder of the class " + name, folder, trouble.getCause());
        }
        if (images.isEmpty()) {
            throw new InvalidInputException("PNG or JPEG images were expected in the class folder " + folder
                    + ", but it has none; add some or remove the folder.");
        }
        return images;
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
        return file.getFileName().toString().startsWith(".");
    }
}
