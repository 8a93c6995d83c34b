package org.gradienttape.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.error.InvalidInputException;

/** The samples of a source's training files and, where asked for, its test files behind them. Read once, in order. */
final class IdxSamples implements Closeable {
    private final DatasetSource.Idx source;
    private final List<IdxFile> files = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();

    /** Two open files that fit each other. */
    private record Part(IdxFile images, IdxFile labels) {
        private int samples() {
            return images.samples();
        }
    }

    private IdxSamples(final DatasetSource.Idx source) {
        this.source = source;
    }

    /** Opens the files and checks that they fit each other. */
    static IdxSamples open(final DatasetSource.Idx source, final boolean withTestFiles) throws IOException {
        final IdxSamples samples = new IdxSamples(source);
        try {
            samples.add(source.training());
            if (withTestFiles) {
                samples.add(source.test()
                        .orElseThrow(() -> new InvalidInputException("Test files were to be read, but " + source.name()
                                + " has none; choose them or another held-out part.")));
                samples.checkSameShape();
            }
            return samples;
        } catch (final IOException | RuntimeException unusable) {
            samples.close();
            throw unusable;
        }
    }

    String name() {
        return source.name();
    }

    /** Empty when they are not known before the labels are read. */
    List<String> classNames() {
        return source.classNames();
    }

    int trainingSamples() {
        return parts.get(0).samples();
    }

    /** 0 when the test files are not read. */
    int testSamples() {
        return parts.size() == 2 ? parts.get(1).samples() : 0;
    }

    List<Integer> sampleDimensions() {
        return parts.get(0).images().sampleDimensions();
    }

    IdxFile trainingImages() {
        return parts.get(0).images();
    }

    /**
     * The labels of all samples.
     *
     * @throws InvalidInputException for a label outside the classes, where these are known
     */
    int[] readLabels() throws IOException {
        final List<byte[]> stored = new ArrayList<>();
        for (final Part part : parts) {
            stored.add(part.labels().readRest());
        }
        final int[] labels =
                new int[stored.stream().mapToInt(bytes -> bytes.length).sum()];
        int sample = 0;
        for (int file = 0; file < parts.size(); file++) {
            for (int i = 0; i < stored.get(file).length; i++) {
                labels[sample] = stored.get(file)[i] & 0xff;
                checkLabel(labels[sample++], i, parts.get(file).labels());
            }
        }
        return labels;
    }

    /** Hands all samples that are asked for to the copy, in order. */
    void copy(final SampleCopy copy) throws IOException {
        int first = 0;
        for (final Part part : parts) {
            copy.copy(part.images(), first);
            first += part.samples();
        }
    }

    @Override
    public void close() throws IOException {
        for (final IdxFile file : files) {
            file.close();
        }
    }

    private void add(final DatasetSource.IdxPair pair) throws IOException {
        final IdxFile images = open(pair.images());
        final IdxFile labels = open(pair.labels());
        if (images.sampleDimensions().isEmpty()) {
            throw new InvalidInputException("Images of two or more dimensions were expected in " + images.path()
                    + ", but it holds one dimension as labels do; choose the file with the images.");
        }
        if (!labels.sampleDimensions().isEmpty()) {
            throw new InvalidInputException("One label per sample was expected in " + labels.path()
                    + ", but it holds several numbers per sample as images do; choose the file with the labels.");
        }
        if (images.samples() != labels.samples()) {
            throw new InvalidInputException("As many labels as images were expected, but " + images.path() + " holds "
                    + images.samples() + " images and " + labels.path() + " holds " + labels.samples()
                    + " labels; choose two files that belong together.");
        }
        parts.add(new Part(images, labels));
    }

    private IdxFile open(final Path path) throws IOException {
        final IdxFile file = IdxFile.open(path);
        files.add(file);
        return file;
    }

    private void checkSameShape() {
        final IdxFile training = parts.get(0).images();
        final IdxFile test = parts.get(1).images();
        if (!training.sampleDimensions().equals(test.sampleDimensions())) {
            throw new InvalidInputException("Training and test images should have the same size, but those in "
                    + training.path() + " have the sizes " + training.sampleDimensions() + " and those in "
                    + test.path() + " " + test.sampleDimensions() + "; choose files that belong together.");
        }
    }

    private void checkLabel(final int label, final int sample, final IdxFile file) {
        final int classes = source.classNames().size();
        if (classes > 0 && label >= classes) {
            throw new InvalidInputException(source.name() + " has " + classes + " classes, so labels go from 0 to "
                    + (classes - 1) + ", but sample " + sample + " in " + file.path() + " has the label " + label
                    + "; get the file again or correct the class names.");
        }
    }
}
