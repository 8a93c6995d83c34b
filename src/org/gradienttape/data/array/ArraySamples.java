package org.gradienttape.data.array;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
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
    private interface Opener<T> {
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

    /** Opens the files and checks that they fit each other. */
    public static ArraySamples open(final IdxSource source, final boolean withTestFiles) throws IOException {
        final ArraySamples samples = new ArraySamples(source.name(), source.classNames());
        final Optional<List<Path>> test = source.test().map(pair -> List.of(pair.images(), pair.labels()));
        final List<Path> training =
                List.of(source.training().images(), source.training().labels());
        return samples.fill(IdxFile::open, training, withTestFiles ? test : Optional.of(List.of()));
    }

    /** Opens the arrays of an NPZ file and checks that they fit each other. */
    public static ArraySamples open(final NpzSource source, final boolean withTestArrays) throws IOException {
        final ArraySamples samples =
                new ArraySamples(source.file().getFileName().toString(), List.of());
        final NpzFile file = NpzFile.open(source.file());
        samples.open.push(file);
        final List<String> training =
                List.of(source.training().features(), source.training().labels());
        final List<String> test =
                List.of(source.test().features(), source.test().labels());
        return samples.fill(file::array, training, Optional.of(withTestArrays ? test : List.of()));
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

    /** Opens training and test arrays; an empty optional means that the source has no test arrays. */
    private <T> ArraySamples fill(final Opener<T> opener, final List<T> training, final Optional<List<T>> test)
            throws IOException {
        try {
            add(opener, training);
            final List<T> more = test.orElseThrow(() -> new InvalidInputException(
                    "Test files were to be read, but " + name + " has none; choose them or another held-out part."));
            if (!more.isEmpty()) {
                add(opener, more);
                checkSameShape();
            }
            return this;
        } catch (final IOException | RuntimeException unusable) {
            close();
            throw unusable;
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
