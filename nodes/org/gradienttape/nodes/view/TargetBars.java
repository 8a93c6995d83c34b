package org.gradienttape.nodes.view;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Target;

/** How the targets of a dataset are distributed: samples per class, or per range of a number. */
final class TargetBars {
    private static final int RANGES = 10;
    private static final int MOST_TARGETS = 4;
    private static final int DIGITS = 4;

    /**
     * One target.
     *
     * @param target its name
     */
    public record Bars(String target, List<Bar> bars) {}

    /**
     * A class, or a range of numbers.
     *
     * @param samples how many have it
     */
    public record Bar(String name, int samples) {}

    private TargetBars() {}

    /** The bars of the first few targets; none if there is nothing to learn but the samples themselves. */
    static List<Bars> of(final Dataset dataset) {
        if (dataset.target() instanceof Target.Classes classes) {
            final int[] counts = dataset.samplesPerClass();
            return List.of(new Bars(
                    name(classes),
                    IntStream.range(0, counts.length)
                            .mapToObj(label -> new Bar(dataset.classNames().get(label), counts[label]))
                            .toList()));
        }
        final List<String> names = dataset.target().columns();
        return IntStream.range(0, Math.min(MOST_TARGETS, names.size()))
                .mapToObj(column -> new Bars(names.get(column), ranges(dataset, column)))
                .toList();
    }

    /** What the page calls the classes: their column, if it has a name of its own. */
    static String name(final Target.Classes classes) {
        return classes.name().equals(Target.LABEL) ? "Class" : classes.name();
    }

    private static List<Bar> ranges(final Dataset dataset, final int column) {
        final double[] numbers = IntStream.range(0, dataset.samples())
                .mapToDouble(sample -> dataset.number(sample, column))
                .toArray();
        final double low = Arrays.stream(numbers).min().orElse(0);
        final double high = Arrays.stream(numbers).max().orElse(0);
        if (low == high) {
            return numbers.length == 0 ? List.of() : List.of(new Bar(text(low), numbers.length));
        }
        final int[] counts = new int[RANGES];
        for (final double number : numbers) {
            // halves, so that the range of the largest doubles is no infinity
            final double place = (number / 2 - low / 2) / (high / 2 - low / 2);
            counts[Math.min(RANGES - 1, (int) (place * RANGES))]++;
        }
        final List<Bar> bars = new ArrayList<>();
        for (int range = 0; range < RANGES; range++) {
            bars.add(new Bar(text(edge(low, high, range)) + " to " + text(edge(low, high, range + 1)), counts[range]));
        }
        return bars;
    }

    private static double edge(final double low, final double high, final int range) {
        return low * (1 - (double) range / RANGES) + high * ((double) range / RANGES);
    }

    private static String text(final double number) {
        final BigDecimal rounded = new BigDecimal(number).round(new MathContext(DIGITS));
        final double size = Math.abs(number);
        return size == 0 || size >= 1e-4 && size < 1e7
                ? rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString()
                : rounded.stripTrailingZeros().toString();
    }
}
