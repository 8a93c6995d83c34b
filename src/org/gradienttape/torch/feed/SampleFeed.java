package org.gradienttape.torch.feed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.SampleBatches;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.NumberType;

/**
 * Brings samples into tensors, one batch after the other, through one piece of memory that every batch uses again. Pixels
 * stay bytes until the engine turns them into float32, so that there may be more samples than fit into the memory.
 */
public final class SampleFeed {
    private final SampleBatches samples;
    private final DatasetInfo info;
    private final int batchSize;
    /** Libraries multiply a single row in a way of its own, whose last bits differ; so it has company where it may. */
    private final int fewest;

    private final ByteBuffer features;

    /**
     * @param batchSize the most samples of a batch
     * @param mayFillUp whether samples never meet, so that an empty one may stand beside one that is alone
     * @throws InvalidInputException if a batch would take more than 2 GiB
     */
    public SampleFeed(final SampleBatches samples, final int batchSize, final boolean mayFillUp) {
        this.samples = samples;
        this.info = samples.info();
        this.batchSize = batchSize;
        this.fewest = mayFillUp ? 2 : 1;
        this.features = ByteBuffer.allocateDirect(bytes(info, Math.max(fewest, batchSize)))
                .order(ByteOrder.nativeOrder());
    }

    /**
     * What a batch takes as it is stored.
     *
     * @throws InvalidInputException if it is more than 2 GiB
     */
    static int bytes(final DatasetInfo info, final int batchSize) {
        final long bytes = (long) batchSize * info.bytesPerSample();
        if (bytes > Integer.MAX_VALUE) {
            throw new InvalidInputException("A batch may take at most 2 GiB, but " + batchSize + " samples of "
                    + info.bytesPerSample() + " bytes take more; choose a smaller batch size.");
        }
        return (int) bytes;
    }

    public Scaling scaling() {
        return info.scaling();
    }

    /** What the samples are stored as. */
    public NumberType type() {
        return info.elementType() == ElementType.UINT8 ? NumberType.UINT8 : NumberType.FLOAT32;
    }

    /** Goes to the next batch; how many samples it has, 0 if there are no more. */
    public int next() {
        features.clear();
        final int count = samples.next(features, batchSize);
        final int end = count == 0 ? 0 : Math.max(fewest, count) * info.bytesPerSample();
        while (features.position() < end) {
            features.put((byte) 0);
        }
        features.flip();
        return count;
    }

    /**
     * The samples of the batch as they are stored, perhaps with an empty one beside one that is alone; good until the next batch.
     *
     * @return [batch, sample shape]
     */
    public NDArray stored(final NDManager arrays) {
        final NDArray given = given(arrays);
        // Pixels are copied when they become float32. Results depend on the alignment of those in the last bit.
        return given.getDataType() == DataType.FLOAT32 ? given.duplicate() : given;
    }

    /**
     * The same as numbers.
     *
     * @return [batch, sample shape], float32, scaled as the dataset says
     */
    public NDArray features(final NDManager arrays) {
        // The copy lies in the engine's own memory, aligned alike in every run; results depend on that in the last bit.
        final NDArray numbers = given(arrays).toType(DataType.FLOAT32, true);
        final Scaling scaling = info.scaling();
        if (scaling.divisor() != 1) {
            numbers.divi(arrays.full(new Shape(), scaling.divisor()));
        }
        if (scaling.shift() != 0) {
            numbers.addi(arrays.full(new Shape(), scaling.shift()));
        }
        return numbers;
    }

    /** The numbers of one sample of the batch, scaled, row-major. */
    public float[] numbers(final int sample) {
        final ByteBuffer stored = features.duplicate().order(ByteOrder.nativeOrder());
        stored.position(sample * info.bytesPerSample());
        final float[] numbers = new float[info.sampleShape().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = info.scaling().scaled(info.elementType().next(stored));
        }
        return numbers;
    }

    private NDArray given(final NDManager arrays) {
        final int count = features.limit() / info.bytesPerSample();
        return arrays.create(
                features.duplicate().order(ByteOrder.nativeOrder()),
                SampleSource.shape(info, count),
                SampleSource.type(info));
    }
}
