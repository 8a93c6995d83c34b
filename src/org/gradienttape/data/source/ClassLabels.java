package org.gradienttape.data.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.gradienttape.column.TextOrder;
import org.gradienttape.data.ClassNames;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.error.MemoryNeed;

/**
 * Classes that are told by texts, such as the cells of a label column. Those that occur become classes in the order of
 * {@link ClassNames#ORDER}; texts that are all whole numbers are written plainly, "2" for "2.0". Real numbers name no
 * classes.
 */
public final class ClassLabels {
    /** The largest label; every class has a name in memory. */
    public static final int LARGEST = 65_535;

    /** Texts that a program writes for numbers which are not whole; some write a comma for the point. */
    private static final Pattern REAL =
            Pattern.compile("[+-]?(\\d*,\\d+([eE][+-]?\\d+)?|nan|inf|infinity|∞)", Pattern.CASE_INSENSITIVE);

    /** The place of each text in the order of its first sample. */
    private final Map<String, Integer> places = new LinkedHashMap<>();

    private final List<String> firstSamples = new ArrayList<>();
    private int[] labels = new int[1 << 10];
    private int count;

    /**
     * Takes the label of the next sample.
     *
     * @param sample where it is, for a sentence
     */
    public void add(final String text, final Supplier<String> sample) {
        if (count == labels.length) {
            labels = Arrays.copyOf(labels, MemoryNeed.grown(count, count + 1L, "The labels of all samples"));
        }
        final int place = places.computeIfAbsent(text, first -> places.size());
        labels[count++] = place;
        if (place == firstSamples.size()) {
            firstSamples.add(sample.get());
        }
        if (places.size() > LARGEST) {
            refuseRealNumbers();
            throw new InvalidInputException("At most " + LARGEST + " classes are taken, but " + sample.get()
                    + " begins another one; choose a column that names classes.");
        }
    }

    public int count() {
        return count;
    }

    /**
     * The names of the classes, by label.
     *
     * @throws InvalidInputException if the texts are real numbers
     */
    public List<String> names() {
        refuseRealNumbers();
        return called(List.copyOf(places.keySet()));
    }

    /** What the classes would be called if labels had these texts, in the order of labels; nothing is refused. */
    public static List<String> called(final List<String> texts) {
        return texts.stream()
                .map(naming(texts))
                .distinct()
                .sorted(ClassNames.ORDER)
                .toList();
    }

    /** The labels of all samples, in the order in which they were taken. */
    public int[] labels() {
        final List<String> names = names();
        final Map<String, Integer> byName = new HashMap<>();
        IntStream.range(0, names.size()).forEach(label -> byName.put(names.get(label), label));
        final UnaryOperator<String> naming = naming(places.keySet());
        final int[] byPlace = new int[places.size()];
        places.forEach((text, place) -> byPlace[place] = byName.get(naming.apply(text)));
        return IntStream.range(0, count).map(sample -> byPlace[labels[sample]]).toArray();
    }

    /** The names 0, 1, 2 and so on. */
    public static List<String> upTo(final int largest) {
        return IntStream.rangeClosed(0, largest).mapToObj(String::valueOf).toList();
    }

    /** What the class of a text is called. */
    private static UnaryOperator<String> naming(final Collection<String> all) {
        return all.stream().allMatch(ClassNames::isWhole) ? ClassNames::plain : text -> text;
    }

    private void refuseRealNumbers() {
        final Optional<String> real =
                places.keySet().stream().filter(ClassLabels::isReal).findFirst();
        if (real.isPresent() && places.keySet().stream().allMatch(text -> ClassNames.isWhole(text) || isReal(text))) {
            throw new InvalidInputException(firstSamples.get(places.get(real.get()))
                    + " should have the name of a class for a label, but it has the real number " + real.get()
                    + ", and all labels are numbers; choose another label column, or turn the numbers into names.");
        }
    }

    private static boolean isReal(final String text) {
        return TextOrder.number(text).isPresent() && !ClassNames.isWhole(text)
                || REAL.matcher(text).matches();
    }
}
