package org.gradienttape.torch.feed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.LongStream;
import org.gradienttape.data.Dataset;
import org.gradienttape.error.InvalidInputException;

/** Samples of a dataset that is too large to stay on the device: each call brings its own, in one piece of memory. */
final class StreamedSamples implements SampleSource {
    private static final int MOST_BYTES_PER_CALL = 1 << 26;

    private final Dataset dataset;
    private final int batches;
    private final ByteBuffer features;

    /**
     * @throws InvalidInputException if a batch would take more than 2 GiB
     */
    StreamedSamples(final Dataset dataset, final int batchSize) {
        final long bytes = SampleFeed.bytes(dataset.info(), batchSize);
        this.dataset = dataset;
        this.batches = (int) Math.max(1, MOST_BYTES_PER_CALL / bytes);
        this.features = ByteBuffer.allocateDirect((int) (batches * bytes)).order(ByteOrder.nativeOrder());
    }

    @Override
    public int batchesPerCall() {
        return batches;
    }

    @Override
    public long[] places(final int[] samples) {
        return LongStream.range(0, samples.length).toArray();
    }

    @Override
    public NDArray features(final int[] samples, final NDManager call) {
        features.clear();
        for (final int sample : samples) {
            dataset.copyFeatures(sample, features);
        }
        features.flip();
        return call.create(
                features, SampleSource.shape(dataset.info(), samples.length), SampleSource.type(dataset.info()));
    }
}
