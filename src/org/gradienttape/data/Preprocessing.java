package org.gradienttape.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;

/**
 * How samples became what a model learned from; kept with the model, so that all data that it meets later is treated alike.
 *
 * @param classNames what the model's outputs mean, by label; empty if that is not known
 * @param pixels what became of the numbers; empty if that is not known
 */
public record Preprocessing(List<String> classNames, Optional<Pixels> pixels) {
    /** Of a model that has learned nothing yet. */
    public static final Preprocessing UNKNOWN = new Preprocessing(List.of(), Optional.empty());

    public Preprocessing {
        classNames = List.copyOf(classNames);
    }

    /** The same; what is not known is taken from the data that the model learns from. */
    public Preprocessing completedBy(final Dataset training) {
        return new Preprocessing(
                classNames.isEmpty() ? training.classNames() : classNames,
                pixels.or(() -> Optional.of(training.pixels())));
    }

    /** The same for a check that comes before the samples; numbers that are not bytes stay unknown. */
    public Preprocessing completedBy(final DatasetInfo training) {
        return new Preprocessing(
                classNames.isEmpty() ? training.classNames() : classNames, pixels.or(training::pixels));
    }

    /** The same classes with other pixels. */
    public Preprocessing with(final Optional<Pixels> other) {
        return new Preprocessing(classNames, other);
    }

    /** What data is when the model sees it; for checks that need no samples. */
    public DatasetInfo of(final DatasetInfo data) {
        return classNames.isEmpty() ? data : data.withClassNames(classNames);
    }

    /**
     * Data as the model sees it: the numbers scaled and the labels numbered as in its training.
     *
     * @param name of the data in a sentence, for example "the validation data"
     * @throws InvalidInputException if a sample has a class that the model does not know, or its numbers cannot be scaled
     */
    public Dataset of(final Dataset data, final String name) {
        final Dataset scaled = scaled(data, name);
        return classNames.isEmpty() ? scaled : classified(scaled, name);
    }

    /**
     * Data with its numbers scaled as in the model's training.
     *
     * @throws InvalidInputException if they cannot be
     */
    public Dataset scaled(final Dataset data, final String name) {
        if (pixels.isEmpty() || pixels.get().scaling() == data.scaling()) {
            return data;
        }
        final Pixels found = data.pixels();
        return data.withScaling(pixels.get()
                .scalingOf(found)
                .orElseThrow(() -> new InvalidInputException("The model learned from pixels of "
                        + pixels.get().range() + ", but " + name + " " + data.name() + " holds numbers of "
                        + found.stored() + ", which cannot be scaled like pixels of 0 to 255; bring them to the range"
                        + " of the model before they are read.")));
    }

    /**
     * Numbers that are stored in another range than those of the training, and scaled as those were: one sentence.
     *
     * @param data as the model sees it
     * @param name of the data in a sentence, for example "the validation data"
     */
    public Optional<String> doubt(final Dataset data, final String name) {
        return pixels.flatMap(known -> RangeCheck.doubt(known, data, name));
    }

    private Dataset classified(final Dataset data, final String name) {
        final ClassNames known = new ClassNames(classNames);
        final int[] labels = new int[data.classes()];
        for (int label = 0; label < labels.length; label++) {
            labels[label] = known.find(data.classNames().get(label)).orElse(-1);
        }
        final List<String> unknown = new ArrayList<>();
        final int[] counts = data.samplesPerClass();
        for (int label = 0; label < labels.length; label++) {
            if (labels[label] < 0 && counts[label] > 0) {
                unknown.add(data.classNames().get(label));
            }
        }
        if (!unknown.isEmpty()) {
            throw new InvalidInputException("The model knows the classes " + known + ", but " + name + " " + data.name()
                    + " has samples of " + ClassNames.some(unknown)
                    + "; leave them out, or train a new model with them.");
        }
        return data.withClasses(classNames, labels);
    }
}
