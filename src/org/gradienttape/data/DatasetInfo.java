package org.gradienttape.data;

import java.util.List;
import java.util.Optional;
import org.gradienttape.column.Encoding;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;

/**
 * What a dataset is, without its numbers.
 *
 * @param name for people, for example "MNIST"
 * @param samples how many there are, at least 0; {@link #NOT_COUNTED} before they are read
 * @param sampleShape of one sample, without the batch dimension
 * @param elementType how the numbers are stored; what rows of a table become is float32
 * @param scaling what happens to them when they become a tensor
 * @param target what there is to learn about the samples
 * @param weighted whether samples count differently: each has a weight
 * @param columns how rows of a table are stored and become the numbers of a sample; empty for other samples
 */
public record DatasetInfo(
        String name,
        int samples,
        Shape sampleShape,
        ElementType elementType,
        Scaling scaling,
        Target target,
        boolean weighted,
        Optional<TableColumns> columns) {
    /** Nobody knows yet how many samples there will be. */
    public static final int NOT_COUNTED = -1;

    public DatasetInfo {
        if (samples < NOT_COUNTED) {
            throw new InvalidInputException("A dataset needs at least 0 samples, but it has " + samples + ".");
        }
        if ((long) sampleShape.size() * elementType.bytes() > Integer.MAX_VALUE) {
            throw new InvalidInputException("One sample may take at most " + Integer.MAX_VALUE
                    + " bytes, but samples of the shape " + sampleShape + " take more; use smaller samples.");
        }
    }

    /**
     * Samples that have a class each and all count alike.
     *
     * @param classNames by label, from 0; empty when the classes are not known before the labels are read
     */
    public DatasetInfo(
            final String name,
            final int samples,
            final Shape sampleShape,
            final ElementType elementType,
            final Scaling scaling,
            final List<String> classNames) {
        this(
                name,
                samples,
                sampleShape,
                elementType,
                scaling,
                new Target.Classes(Target.LABEL, classNames),
                false,
                Optional.empty());
    }

    /** Rows of a table. */
    public static DatasetInfo ofRows(
            final String name,
            final int samples,
            final TableColumns columns,
            final Target target,
            final boolean weighted) {
        return new DatasetInfo(
                name,
                samples,
                columns.sampleShape(),
                ElementType.FLOAT32,
                Scaling.AS_STORED,
                target,
                weighted,
                Optional.of(columns));
    }

    /** The names of the classes, by label; empty if they are not known before the labels are read, or there are none. */
    public List<String> classNames() {
        return target instanceof Target.Classes classes ? classes.names() : List.of();
    }

    /** How many classes there are; 0 when that is not known before the labels are read. */
    public int classes() {
        return classNames().size();
    }

    /** What becomes of the numbers; empty if their range is not known before they are looked at. */
    public Optional<Pixels> pixels() {
        return elementType == ElementType.UINT8
                ? Optional.of(new Pixels(scaling, PixelRange.ZERO_TO_255))
                : Optional.empty();
    }

    /** Whether the same rows become the same features in both; of samples that are no rows there is nothing to differ. */
    public boolean isEncodedLike(final DatasetInfo other) {
        return columns.map(TableColumns::encoding).equals(other.columns.map(TableColumns::encoding));
    }

    /** The size of one sample when it is read. */
    public int bytesPerSample() {
        return sampleShape.size() * elementType.bytes();
    }

    /** How many pieces are stored: the rows where samples are windows over them, the samples otherwise. */
    int storedPieces() {
        return columns.flatMap(TableColumns::rows).orElse(samples);
    }

    /** The size of one of them. */
    int bytesPerPiece() {
        return columns.map(TableColumns::bytesPerRow).orElseGet(this::bytesPerSample);
    }

    /** The stored size of all samples, without their targets. */
    public long featureBytes() {
        return (long) storedPieces() * bytesPerPiece();
    }

    /** The stored size of where the windows begin, if samples are windows. */
    public long windowBytes() {
        return columns.flatMap(TableColumns::rows).isPresent() ? (long) samples * Integer.BYTES : 0;
    }

    /** The stored size of what there is to learn about all samples. */
    public long targetBytes() {
        return target instanceof Target.Classes
                ? (long) samples * Integer.BYTES
                : (long) samples * target.columns().size() * Double.BYTES;
    }

    /** The stored size of the weights of all samples. */
    public long weightBytes() {
        return weighted ? (long) samples * Float.BYTES : 0;
    }

    /** The stored size of all. */
    public long bytes() {
        return featureBytes() + windowBytes() + targetBytes() + weightBytes();
    }

    /** The same, with so many samples; of none, no rows are stored. */
    public DatasetInfo withSamples(final int count) {
        final Optional<TableColumns> known = count > 0 ? columns : columns.map(TableColumns::withoutRows);
        return new DatasetInfo(name, count, sampleShape, elementType, scaling, target, weighted, known);
    }

    /** The same, scaled in this way. */
    DatasetInfo withScaling(final Scaling other) {
        return new DatasetInfo(name, samples, sampleShape, elementType, other, target, weighted, columns);
    }

    /** The same, with this target. */
    DatasetInfo withTarget(final Target other) {
        return new DatasetInfo(name, samples, sampleShape, elementType, scaling, other, weighted, columns);
    }

    /** The same, with these classes; the target must be classes. */
    public DatasetInfo withClassNames(final List<String> names) {
        return withTarget(new Target.Classes(((Target.Classes) target).name(), names));
    }

    /** The same rows with another encoding. */
    DatasetInfo withEncoding(final Encoding encoding) {
        return ofRows(name, samples, columns.orElseThrow().with(encoding), target, weighted);
    }
}
