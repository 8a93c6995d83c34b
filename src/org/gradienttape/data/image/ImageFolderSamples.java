package org.gradienttape.data.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.source.SampleCopy;
import org.gradienttape.data.source.Samples;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FileTrouble;

/** Images that lie as files in folders, one folder per class. Only their paths are kept; the images are read one by one. */
public final class ImageFolderSamples implements Samples {
    private static final long LARGEST_FILE = 1 << 28;

    private final ImageFolderSource source;
    private final List<String> classNames;
    private final List<Path> files = new ArrayList<>();
    private final int[] firstOfClass;
    private final List<Integer> labelOfRun = new ArrayList<>();
    private final int trainingSamples;
    private final FirstImage firstImage;
    private final List<String> warnings = new ArrayList<>();

    private ImageFolderSamples(
            final ImageFolderSource source, final List<ClassFolders> folders, final List<String> aboutParts)
            throws IOException {
        this.source = source;
        warnings.addAll(aboutParts);
        this.classNames = folders.get(0).names();
        final List<Integer> firsts = new ArrayList<>();
        int training = 0;
        for (final ClassFolders folder : folders) {
            for (final String name : folder.names()) {
                firsts.add(files.size());
                labelOfRun.add(label(name, folder));
                files.addAll(folder.images(name));
            }
            training = training == 0 ? files.size() : training;
            warnings.addAll(folder.warnings());
        }
        this.firstOfClass = firsts.stream().mapToInt(Integer::intValue).toArray();
        this.trainingSamples = training;
        final Path first = files.get(0);
        this.firstImage = FirstImage.of(read(first), first.toString(), source.form());
    }

    /** Lists the images, and reads the header of the first one. */
    public static ImageFolderSamples open(final ImageFolderSource source, final boolean withTestFiles)
            throws IOException {
        final ImageFolderParts parts = ImageFolderParts.of(source);
        final List<ClassFolders> folders = new ArrayList<>();
        folders.add(ClassFolders.of(parts.training()));
        if (withTestFiles) {
            folders.add(ClassFolders.of(parts.test()
                    .orElseThrow(() -> new InvalidInputException("A folder of test images was to be read, but none is"
                            + " chosen; choose one or another held-out part."))));
        }
        return new ImageFolderSamples(source, folders, parts.warnings(withTestFiles));
    }

    @Override
    public String name() {
        return source.training().getFileName().toString();
    }

    @Override
    public String place() {
        return source.training().toString();
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public List<Integer> sampleDimensions() {
        return List.of(
                firstImage.size().height(),
                firstImage.size().width(),
                source.form().colors().channels());
    }

    @Override
    public ElementType elementType() {
        return firstImage.stored();
    }

    @Override
    public int trainingSamples() {
        return trainingSamples;
    }

    @Override
    public int testSamples() {
        return files.size() - trainingSamples;
    }

    @Override
    public int[] readLabels() {
        final int[] labels = new int[files.size()];
        for (int run = 0; run < firstOfClass.length; run++) {
            final int end = run + 1 < firstOfClass.length ? firstOfClass[run + 1] : labels.length;
            Arrays.fill(labels, firstOfClass[run], end, labelOfRun.get(run));
        }
        return labels;
    }

    @Override
    public void copy(final SampleCopy copy) throws IOException {
        try (ImagePipeline pipeline = new ImagePipeline(copy, source.form(), firstImage)) {
            for (int sample = 0; sample < Math.min(copy.end(), files.size()); sample++) {
                if (copy.wants(sample)) {
                    final Path file = files.get(sample);
                    pipeline.take(sample, file.toString(), 0, () -> read(file));
                }
            }
            warnings.addAll(pipeline.finish());
        }
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void close() {
        files.clear();
    }

    private int label(final String name, final ClassFolders folder) {
        final int label = classNames.indexOf(name);
        if (label < 0) {
            throw new InvalidInputException("The test images should have the classes " + String.join(", ", classNames)
                    + " of the training images, but " + folder.path() + " has " + name + "; rename or remove it.");
        }
        return label;
    }

    public static byte[] read(final Path file) throws IOException {
        try {
            final long bytes = Files.size(file);
            if (bytes > LARGEST_FILE) {
                throw new InvalidInputException("The file of an image may have at most " + LARGEST_FILE + " bytes, but "
                        + file + " has " + bytes + "; scale it down or remove it.");
            }
            return Files.readAllBytes(file);
        } catch (final IOException trouble) {
            throw FileTrouble.reading("The image", file, trouble);
        }
    }
}
