package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.NumberType;

/**
 * Brings samples of a dataset into tensors, one batch at a time, through one piece of memory that every batch uses
 * again. Pixels stay bytes until the engine turns them into float32, so that a dataset may be bigger than the memory.
 */
final class SampleFeed {
    private final Dataset dataset;
    private final ByteBuffer features;

    /**
     * @param batchSize the most samples of a batch
     * @throws InvalidInputException if a batch would take more than 2 GiB
     */
    SampleFeed(final Dataset dataset, final int batchSize) {
        this.dataset = dataset;
        this.features = ByteBuffer.allocateDirect(bytes(dataset, batchSize)).order(ByteOrder.nativeOrder());
    }

    /**
     * What a batch takes as it is stored.
     *
     * @throws InvalidInputException if it is more than 2 GiB
     */
    static int bytes(final Dataset dataset, final int batchSize) {
        final long bytes = (long) batchSize * dataset.bytesPerSample();
        if (bytes > Integer.MAX_VALUE) {
            throw new InvalidInputException("A batch may take at most 2 GiB, but " + batchSize + " samples of "
                    + dataset.bytesPerSample() + " bytes take more; choose a smaller batch size.");
        }
        return (int) bytes;
    }

    Scaling scaling() {
        return dataset.scaling();
    }

    /** What the samples are stored as. */
    NumberType type() {
        return StepSamples.type(dataset);
    }

    /**
     * The samples as they are stored; good until the next call.
     *
     * @return [batch, sample shape]
     */
    NDArray stored(final int[] samples, final NDManager arrays) {
        final NDArray given = given(samples, arrays);
        // Pixels are copied when they become float32. Results depend on the alignment of those in the last bit.
        return given.getDataType() == DataType.FLOAT32 ? given.duplicate() : given;
    }

    /**
     * The samples as numbers; good until the next call.
     *
     * @return [batch, sample shape], float32, scaled as the dataset says
     */
    NDArray features(final int[] samples, final NDManager arrays) {
        // The copy lies in the engine's own memory, aligned alike in every run; results depend on that in the last bit.
        final NDArray numbers = given(samples, arrays).toType(DataType.FLOAT32, true);
        final Scaling scaling = dataset.scaling();
        if (scaling.divisor() != 1) {
            numbers.divi(arrays.full(new Shape(), scaling.divisor()));
        }
        if (scaling.shift() != 0) {
            numbers.addi(arrays.full(new Shape(), scaling.shift()));
        }
        return numbers;
    }

    private NDArray given(final int[] samples, final NDManager arrays) {
        features.clear();
        for (final int sample : samples) {
            dataset.copyFeatures(sample, features);
        }
        features.flip();
        return arrays.create(features, SampleSource.shape(dataset, samples.length), SampleSource.type(dataset));
    }
}
