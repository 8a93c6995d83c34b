package org.gradienttape.torch.feed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.stream.LongStream;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.ElementType;

/** Gives compiled code the samples of a call as they are stored; the code gathers and scales them. */
interface SampleSource {
    /**
     * @param batchSize samples of one batch
     * @param run owner of what stays on the device
     */
    static SampleSource of(final Dataset dataset, final int batchSize, final NDManager run) {
        return (long) dataset.samples() * dataset.bytesPerSample() <= ResidentSamples.MOST_BYTES
                ? new ResidentSamples(dataset, run)
                : new StreamedSamples(dataset, batchSize);
    }

    /** The most batches that a call may have. */
    int batchesPerCall();

    /** Where samples lie in the features of a call, in the order of the call. */
    long[] places(int[] samples);

    /** The features of a call, as they are stored; belong to the call or last for the run. */
    NDArray features(int[] samples, NDManager call);

    /** [samples, sample shape]. */
    static Shape shape(final DatasetInfo info, final long samples) {
        return new Shape(LongStream.concat(
                        LongStream.of(samples),
                        info.sampleShape().dimensions().stream().mapToLong(Integer::longValue))
                .toArray());
    }

    /** How the numbers are stored. */
    static DataType type(final DatasetInfo info) {
        return info.elementType() == ElementType.UINT8 ? DataType.UINT8 : DataType.FLOAT32;
    }
}
