package org.gradienttape.torch.feed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.torch.CallSize;
import org.gradienttape.torch.Computation;

/**
 * A dataset as steps read it: for training or for validation.
 *
 * @param size how many batches go into a call
 */
public record StepSamples(Dataset dataset, SampleSource source, CallSize size) {
    /**
     * @param batchSize samples of one batch
     * @param run owner of what stays on the device
     */
    public static StepSamples of(final Dataset dataset, final int batchSize, final NDManager run) {
        final SampleSource source = SampleSource.of(dataset, batchSize, run);
        return new StepSamples(dataset, source, new CallSize(source.batchesPerCall()));
    }

    /** A batch as the network sees it, float32. */
    Tensor samples(final Computation computation, final NDArray features, final long[] places) {
        final long[] shape =
                SampleSource.shape(dataset.info(), dataset.samples()).getShape();
        final Tensor stored = computation.resident(features, type(dataset), shape);
        final Tensor taken = computation.machine().tensor(places, places.length);
        return scaled(dataset.scaling(), stored.take(taken, 0).toFloat());
    }

    /** What a dataset stores numbers as. */
    static NumberType type(final Dataset dataset) {
        return dataset.elementType() == ElementType.UINT8 ? NumberType.UINT8 : NumberType.FLOAT32;
    }

    /** Numbers as they are stored, as the network sees them. */
    public static Tensor scaled(final Scaling scaling, final Tensor numbers) {
        final Tensor divided = scaling.divisor() == 1 ? numbers : numbers.div(scaling.divisor());
        return scaling.shift() == 0 ? divided : divided.add(scaling.shift());
    }
}
