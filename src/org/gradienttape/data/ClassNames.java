package org.gradienttape.data;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gradienttape.column.TextOrder;
import org.gradienttape.error.InvalidInputException;

/**
 * The names of classes, by label, and how a class is found again in other data: by its name. "3", "3.0" and the number 3 are
 * the same name; "03" is another one.
 */
public final class ClassNames {
    /** Numbers by their value, then other texts by the alphabet. */
    public static final Comparator<String> ORDER = TextOrder.ORDER;

    private static final Pattern LEADING_ZERO = Pattern.compile("[+-]?0\\d.*");

    private static final int MOST_SHOWN = 10;

    private final List<String> names;
    private final Map<String, Integer> byName = new HashMap<>();
    private final Map<String, Integer> byKey = new HashMap<>();

    /** @throws InvalidInputException if two are the same */
    public ClassNames(final List<String> names) {
        this.names = List.copyOf(names);
        for (int label = 0; label < names.size(); label++) {
            if (byName.put(names.get(label), label) != null) {
                throw new InvalidInputException("Classes need names that differ, but two are called " + names.get(label)
                        + "; rename one and read the data again.");
            }
            byKey.putIfAbsent(key(names.get(label)), label);
        }
    }

    /** These names, then all others that are not the same as one of them or of each other. */
    public static List<String> joined(final List<String> names, final Collection<String> others) {
        final List<String> all = new ArrayList<>(names);
        final Set<String> keys = names.stream().map(ClassNames::key).collect(Collectors.toCollection(HashSet::new));
        others.stream().filter(name -> keys.add(key(name))).forEach(all::add);
        return all;
    }

    /** The label of a class. */
    public Optional<Integer> find(final String name) {
        return Optional.ofNullable(byName.getOrDefault(name, byKey.get(key(name))));
    }

    /** The names, some of them if they are many, for a sentence. */
    @Override
    public String toString() {
        return some(names);
    }

    /** As {@link #toString} does. */
    public static String some(final List<String> names) {
        final int shown = Math.min(names.size(), MOST_SHOWN);
        final int more = names.size() - shown;
        return String.join(", ", names.subList(0, shown)) + (more > 0 ? " and " + more + " more" : "");
    }

    /** A whole number as it is usually written: "3" for "3.0" and "+3"; any other text, and "03", as it is. */
    public static String plain(final String name) {
        return isWhole(name) && !LEADING_ZERO.matcher(name).matches()
                ? TextOrder.number(name).orElseThrow().toBigInteger().toString()
                : name;
    }

    public static boolean isNumber(final String name) {
        return TextOrder.number(name).isPresent();
    }

    public static boolean isWhole(final String name) {
        return TextOrder.number(name)
                .filter(value -> value.stripTrailingZeros().scale() <= 0)
                .isPresent();
    }

    /** Some file systems write ä as one character, others as two. */
    private static String key(final String name) {
        return plain(Normalizer.normalize(name, Normalizer.Form.NFC));
    }
}
