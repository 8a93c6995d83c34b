package org.gradienttape.data;

import java.util.List;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;

/**
 * What a dataset is, without its numbers.
 *
 * @param name for people, for example "MNIST"
 * @param samples how many there are, at least 0
 * @param sampleShape of one sample, without the batch dimension
 * @param elementType how the numbers are stored
 * @param scaling what happens to them when they become a tensor
 * @param classNames by label, from 0; empty when the classes are not known before the labels are read
 */
public record DatasetInfo(
        String name,
        int samples,
        Shape sampleShape,
        ElementType elementType,
        Scaling scaling,
        List<String> classNames) {
    public DatasetInfo {
        classNames = List.copyOf(classNames);
        if (samples < 0) {
            throw new InvalidInputException("A dataset needs at least 0 samples, but it has " + samples + ".");
        }
        if ((long) sampleShape.size() * elementType.bytes() > Integer.MAX_VALUE) {
            throw new InvalidInputException("One sample may take at most " + Integer.MAX_VALUE
                    + " bytes, but samples of the shape " + sampleShape + " take more; use smaller samples.");
        }
    }

    /** How many classes there are; 0 when that is not known before the labels are read. */
    public int classes() {
        return classNames.size();
    }

    /** What becomes of the numbers; empty if their range is not known before they are looked at. */
    public Optional<Pixels> pixels() {
        return elementType == ElementType.UINT8
                ? Optional.of(new Pixels(scaling, PixelRange.ZERO_TO_255))
                : Optional.empty();
    }

    /** The stored size of one sample. */
    public int bytesPerSample() {
        return sampleShape.size() * elementType.bytes();
    }

    /** The stored size of all samples, without labels. */
    public long featureBytes() {
        return (long) samples * bytesPerSample();
    }

    /** The same, with so many samples. */
    DatasetInfo withSamples(final int count) {
        return new DatasetInfo(name, count, sampleShape, elementType, scaling, classNames);
    }

    /** The same, scaled in this way. */
    DatasetInfo withScaling(final Scaling other) {
        return new DatasetInfo(name, samples, sampleShape, elementType, other, classNames);
    }

    /** The same, with these classes. */
    DatasetInfo withClassNames(final List<String> names) {
        return new DatasetInfo(name, samples, sampleShape, elementType, scaling, names);
    }
}
