package org.gradienttape.data.source;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Looks for labels that cannot be meant: one sentence for each thing that looks wrong. */
public final class LabelCheck {
    private static final int NAMED = 5;
    /** Fewer classes are taken for classes even if most samples have one of their own. */
    private static final int FEW_CLASSES = 10;

    private final String name;
    private final int[] labels;
    private final List<String> classNames;

    /**
     * Prepares to look.
     *
     * @param name of the dataset, for a sentence
     * @param labels of all samples
     * @param classNames by label
     */
    public LabelCheck(final String name, final int[] labels, final List<String> classNames) {
        this.name = name;
        this.labels = labels;
        this.classNames = classNames;
    }

    /** Labels that are the same everywhere, or hardly ever, as those of a column that holds something else. */
    public List<String> labels(final SplitPlan plan) {
        final BitSet samples = (BitSet) plan.training().clone();
        samples.or(plan.heldOut());
        final BitSet classes = classes(samples);
        final int count = samples.cardinality();
        final int different = classes.cardinality();
        if (different == 1 && count > 1) {
            return List.of("All " + count + " samples of " + name + " have the label " + names(classes)
                    + "; check that the labels are the right ones.");
        }
        if (different > 2 && different == count || different > FEW_CLASSES && different > count / 2) {
            return List.of("The " + count + " samples of " + name + " have " + different
                    + " different labels; check that the labels are the right ones and name classes.");
        }
        return List.of();
    }

    /** Classes that one part has and the other lacks; those that a limit leaves out of the held-out part are not told. */
    public List<String> parts(final SplitPlan plan, final Limit limit) {
        if (plan.heldOut().isEmpty()) {
            return List.of();
        }
        final BitSet training = classes(plan.training());
        final BitSet heldOut = classes(plan.heldOut());
        final BitSet untrained = without(heldOut, training);
        final BitSet untested = without(training, heldOut);
        final List<String> sentences = new ArrayList<>();
        if (!untrained.isEmpty()) {
            sentences.add("The training data lack " + names(untrained)
                    + " among the classes of the held-out data; hold out a stratified random part.");
        }
        if (!untested.isEmpty() && limit instanceof Limit.None) {
            sentences.add("The held-out data lack " + names(untested) + " among the classes of the training data.");
        }
        return sentences;
    }

    private BitSet classes(final BitSet samples) {
        final BitSet classes = new BitSet(classNames.size());
        samples.stream().forEach(sample -> classes.set(labels[sample]));
        return classes;
    }

    private static BitSet without(final BitSet classes, final BitSet others) {
        final BitSet rest = (BitSet) classes.clone();
        rest.andNot(others);
        return rest;
    }

    private String names(final BitSet classes) {
        final int more = classes.cardinality() - NAMED;
        final IntStream named = classes.stream().limit(NAMED);
        return named.mapToObj(classNames::get).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
