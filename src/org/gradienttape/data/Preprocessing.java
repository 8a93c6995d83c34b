package org.gradienttape.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.column.Encoding;
import org.gradienttape.error.InvalidInputException;

/**
 * How samples became what a model learned from; kept with the model, so that all data that it meets later is treated alike.
 *
 * @param target what the model's outputs mean; {@link Target#NONE} if that is not known
 * @param pixels what became of the numbers; empty if that is not known, and for rows of a table
 * @param encoding how rows of a table become features; empty for other samples, and if that is not known
 */
public record Preprocessing(Target target, Optional<Pixels> pixels, Optional<Encoding> encoding) {
    /** Of a model that has learned nothing yet. */
    public static final Preprocessing UNKNOWN = new Preprocessing(Target.NONE, Optional.empty(), Optional.empty());

    /** Of a model that tells classes apart; none if they are not known. */
    public static Preprocessing ofClasses(final List<String> names, final Optional<Pixels> pixels) {
        return new Preprocessing(
                names.isEmpty() ? Target.NONE : new Target.Classes(Target.LABEL, names), pixels, Optional.empty());
    }

    /** The names of the classes, by label; empty if they are not known, or there are none. */
    public List<String> classNames() {
        return target instanceof Target.Classes classes ? classes.names() : List.of();
    }

    private boolean knowsTarget() {
        return !(target instanceof Target.None);
    }

    /** The same; what is not known is taken from the data that the model learns from. */
    public Preprocessing completedBy(final Dataset training) {
        final Preprocessing known = completedBy(training.info());
        return known.pixels.isPresent() || known.encoding.isPresent()
                ? known
                : known.with(Optional.of(training.pixels()));
    }

    /** The same for a check that comes before the samples; numbers that are not bytes stay unknown. */
    public Preprocessing completedBy(final DatasetInfo training) {
        final Target learned = knowsTarget() ? target : training.target();
        if (pixels.isPresent() || encoding.isPresent()) {
            return new Preprocessing(learned, pixels, encoding);
        }
        return new Preprocessing(learned, training.pixels(), training.columns().map(TableColumns::encoding));
    }

    /** The same samples, of which something else is learned. */
    public Preprocessing withoutTarget() {
        return new Preprocessing(Target.NONE, pixels, encoding);
    }

    /** The same target with other pixels. */
    public Preprocessing with(final Optional<Pixels> other) {
        return new Preprocessing(target, other, encoding);
    }

    /** What data is when the model sees it; for checks that need no samples. */
    public DatasetInfo of(final DatasetInfo data) {
        return knowsTarget() ? data.withTarget(target) : data;
    }

    /**
     * Data as the model sees it: the numbers scaled, and the target as in its training.
     *
     * @param name of the data in a sentence, for example "the validation data"
     * @throws InvalidInputException if the model learns something else than the data say, a sample has a class that the model
     *     does not know, or its numbers cannot be scaled
     */
    public Dataset of(final Dataset data, final String name) {
        final Dataset scaled = scaled(data, name);
        return knowsTarget() ? targeted(scaled, name) : scaled;
    }

    private Dataset targeted(final Dataset data, final String name) {
        if (target instanceof Target.Features) {
            return data.withTarget(target);
        }
        if (target instanceof Target.Classes && data.hasClasses()) {
            return classified(data, name);
        }
        if (target instanceof Target.Numbers wanted
                && data.target() instanceof Target.Numbers found
                && found.columns().containsAll(wanted.columns())) {
            return data.withNumbers(wanted);
        }
        throw new InvalidInputException("The model learned to predict " + said(target) + ", but " + name + " "
                + data.name() + " has " + said(data.target()) + " as the target; choose the same target.");
    }

    private static String said(final Target target) {
        if (target instanceof Target.Classes classes) {
            return "the classes " + new ClassNames(classes.names());
        }
        if (target instanceof Target.Numbers numbers) {
            return (numbers.scalings().size() == 1 ? "the number " : "the numbers ") + numbers;
        }
        return target instanceof Target.Features ? "the samples themselves" : "nothing";
    }

    /**
     * Data with its numbers scaled, or its rows encoded, as in the model's training.
     *
     * @throws InvalidInputException if they cannot be
     */
    public Dataset scaled(final Dataset data, final String name) {
        if (encoding.isPresent()) {
            return data.withEncoding(encoding.get(), name + " " + data.name());
        }
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
        final ClassNames known = new ClassNames(classNames());
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
        return data.withClasses(classNames(), labels);
    }
}
