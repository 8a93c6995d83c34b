package org.gradienttape.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.error.InvalidInputException;

/**
 * Keeps what a run has to remember, or gives it back: one line of code for both, so that what is kept cannot differ from
 * what is given back.
 *
 * <pre>{@code
 * waited = memory.integer("waited", waited);
 * }</pre>
 *
 * <p>While it keeps, it answers what it was given; while it gives back, what was kept under the name.
 */
public final class Memory {
    private static final String ADVICE = "; use an older checkpoint, or begin the run anew.";

    private final Map<String, Object> values;
    private final Map<String, Object> arrays;
    private final boolean givesBack;
    private final String path;

    private Memory(
            final Map<String, Object> values,
            final Map<String, Object> arrays,
            final boolean givesBack,
            final String path) {
        this.values = values;
        this.arrays = arrays;
        this.givesBack = givesBack;
        this.path = path;
    }

    /** One that keeps. */
    public static Memory empty() {
        return new Memory(new LinkedHashMap<>(), new LinkedHashMap<>(), false, "");
    }

    /** One that gives back. */
    public static Memory of(final RunState kept) {
        return new Memory(kept.values(), kept.arrays(), true, "");
    }

    /** All that was kept until now. */
    public RunState state() {
        return new RunState(values, arrays);
    }

    /** Whether it gives back. */
    public boolean givesBack() {
        return givesBack;
    }

    /** The same, for one of several things whose names need not differ. */
    public Memory part(final String name) {
        return new Memory(values, arrays, givesBack, path + name + "/");
    }

    /** Whether something was kept under a name. */
    public boolean has(final String name) {
        return values.containsKey(path + name) || arrays.containsKey(path + name);
    }

    public long integer(final String name, final long now) {
        return value(name, now, Long.class);
    }

    public int integer(final String name, final int now) {
        return Math.toIntExact(integer(name, (long) now));
    }

    /** Any number, NaN and infinite ones too. */
    public double number(final String name, final double now) {
        return value(name, now, Double.class);
    }

    public boolean flag(final String name, final boolean now) {
        return value(name, now, Boolean.class);
    }

    public String text(final String name, final String now) {
        return value(name, now, String.class);
    }

    /** One of the constants of an enum. */
    public <T extends Enum<T>> T constant(final String name, final T now) {
        final String constant = text(name, now.name());
        try {
            return Enum.valueOf(now.getDeclaringClass(), constant);
        } catch (final IllegalArgumentException unknown) {
            throw new InvalidInputException(
                    wrong(name, "is the unknown " + constant).getMessage(), unknown);
        }
    }

    /**
     * Whole arrays; those of other elements likewise.
     *
     * @param now not to be changed afterwards
     */
    public float[] floats(final String name, final float[] now) {
        return array(name, now, float[].class);
    }

    public double[] numbers(final String name, final double[] now) {
        return array(name, now, double[].class);
    }

    public long[] integers(final String name, final long[] now) {
        return array(name, now, long[].class);
    }

    public byte[] bytes(final String name, final byte[] now) {
        return array(name, now, byte[].class);
    }

    /** A list of numbers. */
    public List<Double> numbers(final String name, final List<Double> now) {
        final double[] kept =
                numbers(name, now.stream().mapToDouble(Double::doubleValue).toArray());
        return java.util.Arrays.stream(kept).boxed().toList();
    }

    /** Texts; the same for one after the other. */
    public List<String> texts(final String name, final List<String> now) {
        final Memory part = part(name);
        final String[] kept = new String[part.integer("size", now.size())];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = part.text(Integer.toString(i), givesBack ? "" : now.get(i));
        }
        return List.of(kept);
    }

    private <T> T value(final String name, final T now, final Class<T> type) {
        return at(values, name, now, type);
    }

    private <T> T array(final String name, final T now, final Class<T> type) {
        return at(arrays, name, now, type);
    }

    private <T> T at(final Map<String, Object> all, final String name, final T now, final Class<T> type) {
        final String key = path + name;
        if (!givesBack) {
            if (all.put(key, now) != null) {
                throw new IllegalStateException(key + " is kept twice");
            }
            return now;
        }
        final Object kept = all.get(key);
        if (!type.isInstance(kept)) {
            throw wrong(
                    name,
                    kept == null ? "is missing" : "is a " + kept.getClass().getSimpleName());
        }
        return type.cast(kept);
    }

    private InvalidInputException wrong(final String name, final String found) {
        return new InvalidInputException(
                "The checkpoint does not fit the run: its " + path + name + " " + found + ADVICE);
    }
}
