package org.gradienttape.data;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gradienttape.error.InvalidInputException;

/** What there is to learn about the samples of a dataset. */
public sealed interface Target {
    /** The name of the classes of data whose source gives them none, as files of labels do. */
    String LABEL = "Label";

    /** Nothing, as with samples that are only to be predicted; or nothing that is known. */
    Target NONE = new None();

    /** What the target is called, one name for each of its columns. */
    List<String> columns();

    /**
     * The class of each sample.
     *
     * @param name of the column that tells it, for people
     * @param names of the classes, by label from 0; empty when they are not known before the labels are read
     */
    record Classes(String name, List<String> names) implements Target {
        public Classes {
            names = List.copyOf(names);
        }

        @Override
        public List<String> columns() {
            return List.of(name);
        }
    }

    /**
     * One or several numbers of each sample.
     *
     * @param scalings one for each number, at least one
     */
    record Numbers(List<TargetScaling> scalings) implements Target {
        public Numbers {
            scalings = List.copyOf(scalings);
            if (scalings.isEmpty()) {
                throw new InvalidInputException("At least one number was expected as the target, but there is none.");
            }
        }

        @Override
        public List<String> columns() {
            return scalings.stream().map(TargetScaling::name).toList();
        }

        /**
         * Outputs of a network in the numbers' own units.
         *
         * @param outputs one for each number
         */
        public double[] unscaled(final IntToDoubleFunction outputs) {
            return IntStream.range(0, scalings.size())
                    .mapToDouble(i -> scalings.get(i).unscaled((float) outputs.applyAsDouble(i)))
                    .toArray();
        }

        /** The names for a sentence. */
        @Override
        public String toString() {
            return columns().stream().collect(Collectors.joining(", "));
        }
    }

    /** The sample itself: an autoencoder learns to give back what it gets. */
    record Features() implements Target {
        @Override
        public List<String> columns() {
            return List.of();
        }
    }

    /** Nothing. */
    record None() implements Target {
        @Override
        public List<String> columns() {
            return List.of();
        }
    }
}
