package org.gradienttape.data.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts files beside the images, by their ending. What operating systems leave in folders is not counted. */
final class LeftOutFiles {
    private static final Set<String> OF_SYSTEMS = Set.of("thumbs.db", "desktop.ini");
    private static final int MOST_ENDINGS = 5;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<Path> noFiles = new ArrayList<>();

    void add(final Path file) {
        final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (!OF_SYSTEMS.contains(name)) {
            final int dot = name.lastIndexOf('.');
            counts.merge(dot < 0 ? "without ending" : name.substring(dot), 1, Integer::sum);
        }
    }

    /** A name that is there but leads to no file, such as a link whose target is gone. */
    void addNoFile(final Path place) {
        noFiles.add(place);
    }

    /** How many files do not end like images. */
    int count() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** For sentences, for example "3 .txt, 1 .pgm"; the most frequent endings first. */
    @Override
    public String toString() {
        final List<Map.Entry<String, Integer>> endings = counts.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Integer> entry) -> -entry.getValue()))
                .toList();
        final String first = endings.stream()
                .limit(MOST_ENDINGS)
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return endings.size() > MOST_ENDINGS ? first + " and others" : first;
    }

    /** What a person should hear; nothing if there are none. */
    List<String> warnings() {
        final List<String> warnings = new ArrayList<>();
        final int files = count();
        if (files > 0) {
            warnings.add((files == 1 ? "1 file was" : files + " files were")
                    + " left out, since " + (files == 1 ? "its name does not end" : "their names do not end")
                    + " like that of a picture: " + this + ".");
        }
        if (!noFiles.isEmpty()) {
            warnings.add((noFiles.size() == 1 ? "1 name leads" : noFiles.size() + " names lead")
                    + " to no file or folder, as a link whose target is gone, and "
                    + (noFiles.size() == 1 ? "was left out: " : "were left out; the first is ") + noFiles.get(0) + ".");
        }
        return warnings;
    }
}
