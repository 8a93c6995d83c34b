package org.gradienttape.torch.feed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.gradienttape.data.Dataset;

/** All samples on the device, as they are stored: calls bring indices only. */
final class ResidentSamples implements SampleSource {
    /** Datasets up to this size stay on the device: 1 GiB. */
    static final long MOST_BYTES = 1L << 30;

    private static final int CHUNK_BYTES = 1 << 24;
    private static final int BATCHES = 1 << 10;

    private final NDArray features;

    ResidentSamples(final Dataset dataset, final NDManager run) {
        final int samplesPerChunk = Math.max(1, CHUNK_BYTES / dataset.bytesPerSample());
        final ByteBuffer chunk = ByteBuffer.allocateDirect(samplesPerChunk * dataset.bytesPerSample())
                .order(ByteOrder.nativeOrder());
        try (NDManager copying = run.newSubManager()) {
            final NDList chunks = new NDList();
            for (int first = 0; first < dataset.samples(); first += samplesPerChunk) {
                chunks.add(copy(dataset, first, Math.min(dataset.samples(), first + samplesPerChunk), chunk, copying));
            }
            this.features = NDArrays.concat(chunks);
            features.attach(run);
        }
    }

    @Override
    public int batchesPerCall() {
        return BATCHES;
    }

    @Override
    public long[] places(final int[] samples) {
        return Arrays.stream(samples).asLongStream().toArray();
    }

    @Override
    public NDArray features(final int[] samples, final NDManager call) {
        return features;
    }

    private static NDArray copy(
            final Dataset dataset, final int first, final int end, final ByteBuffer chunk, final NDManager copying) {
        chunk.clear();
        for (int sample = first; sample < end; sample++) {
            dataset.copyFeatures(sample, chunk);
        }
        chunk.flip();
        try (NDArray given = copying.create(
                chunk, SampleSource.shape(dataset.info(), end - first), SampleSource.type(dataset.info()))) {
            return given.duplicate();
        }
    }
}
