package org.gradienttape.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.gradienttape.error.InvalidInputException;

/**
 * Classes that are told by texts, such as the cells of a label column. Texts that are all whole numbers from 0 to 9,999 are
 * class numbers, as in IDX and NPZ files; all other texts become classes in their sorted order.
 */
final class ClassLabels {
    /** The largest label; every class has a name in memory. */
    static final int LARGEST = 65_535;

    private static final Pattern CLASS_NUMBER = Pattern.compile("0|[1-9]\\d{0,3}");

    private final Map<String, Integer> places = new HashMap<>();
    private int[] labels = new int[1 << 10];
    private int count;

    /**
     * Takes the label of the next sample.
     *
     * @param sample where it is, for a sentence
     */
    void add(final String text, final String sample) {
        if (count == labels.length) {
            labels = Arrays.copyOf(labels, 2 * count);
        }
        labels[count++] = places.computeIfAbsent(text, first -> places.size());
        if (places.size() > LARGEST) {
            throw new InvalidInputException("At most " + LARGEST + " classes are taken, but " + sample
                    + " begins another one; choose a column that names classes.");
        }
    }

    int count() {
        return count;
    }

    /** The names of the classes, by label. */
    List<String> names() {
        return areNumbers() ? upTo(largestNumber()) : new ArrayList<>(new TreeSet<>(places.keySet()));
    }

    /** The labels of all samples, in the order in which they were taken. */
    int[] labels() {
        final List<String> names = names();
        final Map<String, Integer> byName = new HashMap<>();
        IntStream.range(0, names.size()).forEach(label -> byName.put(names.get(label), label));
        final int[] byPlace = new int[places.size()];
        places.forEach((text, place) -> byPlace[place] = byName.get(text));
        return IntStream.range(0, count).map(sample -> byPlace[labels[sample]]).toArray();
    }

    /** The names 0, 1, 2 and so on. */
    static List<String> upTo(final int largest) {
        return IntStream.rangeClosed(0, largest).mapToObj(String::valueOf).toList();
    }

    private boolean areNumbers() {
        return places.keySet().stream()
                .allMatch(text -> CLASS_NUMBER.matcher(text).matches());
    }

    private int largestNumber() {
        return places.keySet().stream().mapToInt(Integer::parseInt).max().orElse(-1);
    }
}
