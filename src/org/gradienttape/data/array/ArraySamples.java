package org.gradienttape.data.array;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.source.ClassLabels;
import org.gradienttape.data.source.SampleCopy;
import org.gradienttape.data.source.Samples;
import org.gradienttape.error.InvalidInputException;

/** Samples that lie in arrays: one of features and one of labels for training, and two more for tests. */
public final class ArraySamples implements Samples {
    private final String name;
    private List<String> classNames;
    private final List<Part> parts = new ArrayList<>();
    private final Deque<Closeable> open = new ArrayDeque<>();

    /** Opens an array by what names it in the source, for example a file. */
    @FunctionalInterface
    interface Opener<T> {
        SampleArray open(T name) throws IOException;
    }

    /** Two open arrays that fit each other. */
    private record Part(SampleArray images, SampleArray labels) {
        private int samples() {
            return images.samples();
        }
    }

    private ArraySamples(final String name, final List<String> classNames) {
        this.name = name;
        this.classNames = classNames;
    }

    /**
     * Opens arrays and checks that they fit each other.
     *
     * @param name of the dataset, for sentences
     * @param classNames by label; empty to name the classes by their labels
     * @param training what names the features, and what names the labels
     * @param test the same of samples for tests; an empty list if none are asked for, nothing if the source has none
     */
    static <T> ArraySamples open(
            final String name,
            final List<String> classNames,
            final Opener<T> opener,
            final List<T> training,
            final Optional<List<T>> test)
            throws IOException {
        final ArraySamples samples = new ArraySamples(name, classNames);
        try {
            samples.add(opener, training);
            final List<T> more = test.orElseThrow(() -> new InvalidInputException(
                    "Test files were to be read, but " + name + " has none; choose them or another held-out part."));
            if (!more.isEmpty()) {
                samples.add(opener, more);
                samples.checkSameShape();
            }
            return samples;
        } catch (final IOException | RuntimeException unusable) {
            samples.close();
            throw unusable;
        }
    }

    /** Closes this, too, behind its arrays. */
    ArraySamples closing(final Closeable source) {
        open.addLast(source);
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String place() {
        return parts.get(0).images().place();
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int trainingSamples() {
        return parts.get(0).samples();
    }

    @Override
    public int testSamples() {
        return parts.size() == 2 ? parts.get(1).samples() : 0;
    }

    @Override
    public List<Integer> sampleDimensions() {
        return parts.get(0).images().sampleDimensions();
    }

    @Override
    public ElementType elementType() {
        return parts.get(0).images().elementType();
    }

    @Override
    public int[] readLabels() throws IOException {
        if (parts.get(0).labels().holdsTexts()) {
            final ClassLabels texts = new ClassLabels();
            for (final Part part : parts) {
                part.labels().readLabels(texts);
            }
            classNames = texts.names();
            return texts.labels();
        }
        final int[] labels = new int[trainingSamples() + testSamples()];
        int sample = 0;
        for (final Part part : parts) {
            final int[] stored = part.labels().readLabels();
            for (int i = 0; i < stored.length; i++) {
                checkLabel(stored[i], i, part.labels());
                labels[sample++] = stored[i];
            }
        }
        return labels;
    }

    @Override
    public List<String> warnings() {
        return parts.stream().flatMap(part -> part.images().warnings().stream()).toList();
    }

    @Override
    public void copy(final SampleCopy copy) throws IOException {
        int first = 0;
        for (final Part part : parts) {
            final SampleArray images = part.images();
            final long numbers =
                    images.sampleDimensions().stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b);
            copy.copy(
                    images,
                    first,
                    part.samples(),
                    numbers * images.elementType().bytes());
            images.checkNumbers();
            first += part.samples();
        }
    }

    @Override
    public void close() throws IOException {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private <T> void add(final Opener<T> opener, final List<T> pair) throws IOException {
        final SampleArray images = opened(opener.open(pair.get(0)));
        final SampleArray labels = opened(opener.open(pair.get(1)));
        if (images.sampleDimensions().isEmpty()) {
            throw new InvalidInputException("Images of two or more dimensions were expected in " + images.place()
                    + ", but it holds one dimension as labels do; choose the one with the images.");
        }
        if (!labels.sampleDimensions().isEmpty() && !labels.sampleDimensions().equals(List.of(1))) {
            throw new InvalidInputException("One label per sample was expected in " + labels.place()
                    + ", but it holds several numbers per sample as images do; choose the one with the labels, or save the"
                    + " argmax of one-hot labels.");
        }
        if (images.holdsTexts()) {
            throw new InvalidInputException("Numbers were expected in " + images.place()
                    + ", but it holds texts; choose the one with the samples.");
        }
        if (images.samples() != labels.samples()) {
            throw new InvalidInputException("As many labels as images were expected, but " + images.place() + " holds "
                    + images.samples() + " images and " + labels.place() + " holds " + labels.samples()
                    + " labels; choose two files that belong together.");
        }
        parts.add(new Part(images, labels));
    }

    private SampleArray opened(final SampleArray array) {
        open.push(array);
        return array;
    }

    private void checkSameShape() {
        if (parts.get(0).labels().holdsTexts() != parts.get(1).labels().holdsTexts()) {
            throw new InvalidInputException("Training and test labels should both be texts or both be numbers, but "
                    + parts.get(0).labels().place() + " and "
                    + parts.get(1).labels().place()
                    + " differ; choose some that belong together.");
        }
        final SampleArray training = parts.get(0).images();
        final SampleArray test = parts.get(1).images();
        if (!training.sampleDimensions().equals(test.sampleDimensions())
                || training.elementType() != test.elementType()) {
            throw new InvalidInputException(
                    "Training and test images should have the same size, but those in " + training.place()
                            + " have the sizes " + training.sampleDimensions() + " of " + training.elementType()
                            + " and those in " + test.place() + " " + test.sampleDimensions() + " of "
                            + test.elementType() + "; choose some that belong together.");
        }
    }

    private void checkLabel(final int label, final int sample, final SampleArray array) {
        final int classes = classNames.size();
        if (classes > 0 && label >= classes) {
            throw new InvalidInputException(name + " has " + classes + " classes, so labels go from 0 to "
                    + (classes - 1) + ", but sample " + sample + " in " + array.place() + " has the label " + label
                    + "; get the file again or correct the class names.");
        }
    }
}
