package org.gradienttape.data.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.gradienttape.data.DatasetWriter;

/** Copies the numbers of planned samples from files into the two parts, megabyte by megabyte. */
public final class SampleCopy {
    private static final int CHUNK_BYTES = 1 << 20;

    private final SplitPlan plan;
    private final DatasetWriter training;
    private final Optional<DatasetWriter> heldOut;
    private final Optional<Turning> turning;
    private final ReadMonitor monitor;
    private final int end;
    private final byte[] chunk;
    private long bytesSinceAsked;

    /**
     * Prepares to copy.
     *
     * @param heldOut may be empty when the plan holds nothing out
     * @param turning what happens to each sample on the way, if anything
     */
    public SampleCopy(
            final SplitPlan plan,
            final DatasetWriter training,
            final Optional<DatasetWriter> heldOut,
            final Optional<Turning> turning,
            final ReadMonitor monitor) {
        this.plan = plan;
        this.training = training;
        this.heldOut = heldOut;
        this.turning = turning;
        this.monitor = monitor;
        this.chunk = new byte[turning.map(Turning::bytes).orElse(CHUNK_BYTES)];
        this.end = Math.max(plan.training().length(), plan.heldOut().length());
    }

    /**
     * Copies the planned samples of one file.
     *
     * @param first the number of the file's first sample in the plan
     * @param samples how many the file holds
     * @throws CancellationException if the monitor says so
     */
    public void copy(final SampleStream images, final int first, final int samples, final long bytesPerSample)
            throws IOException {
        final int behind = first + samples;
        int from = first;
        while (from < Math.min(end, behind)) {
            final int to = Math.min(behind, Math.min(runEnd(plan.training(), from), runEnd(plan.heldOut(), from)));
            final Optional<DatasetWriter> part = partOf(from);
            if (part.isPresent()) {
                copyRun(images, (to - from) * bytesPerSample, from, part.get());
            } else {
                images.skip((to - from) * bytesPerSample);
            }
            from = to;
        }
        if (from == behind) {
            images.finish();
        }
    }

    /** Whether a sample is planned; the number is that in the plan. */
    public boolean wants(final int sample) {
        return plan.training().get(sample) || plan.heldOut().get(sample);
    }

    /** The number behind that of the last sample that is planned. */
    public int end() {
        return end;
    }

    /**
     * Copies one planned sample; the samples come in their order.
     *
     * @param features its stored bytes
     * @throws CancellationException if the monitor says so
     */
    public void put(final int sample, final ByteBuffer features) throws IOException {
        ask(features.remaining(), sample);
        final Optional<DatasetWriter> part = partOf(sample);
        if (part.isPresent()) {
            if (turning.isPresent()) {
                features.get(chunk);
                part.get().writeFeatures(ByteBuffer.wrap(turning.get().turn(chunk)));
            } else {
                part.get().writeFeatures(features);
            }
        }
    }

    private Optional<DatasetWriter> partOf(final int sample) {
        if (plan.training().get(sample)) {
            return Optional.of(training);
        }
        return plan.heldOut().get(sample) ? heldOut : Optional.empty();
    }

    private void copyRun(final SampleStream images, final long bytes, final int from, final DatasetWriter part)
            throws IOException {
        long left = bytes;
        while (left > 0) {
            final int count = (int) Math.min(left, chunk.length);
            ask(count, from);
            images.read(chunk, count);
            part.writeFeatures(
                    turning.isPresent()
                            ? ByteBuffer.wrap(turning.get().turn(chunk))
                            : ByteBuffer.wrap(chunk, 0, count));
            left -= count;
        }
    }

    private void ask(final int bytes, final int sample) {
        bytesSinceAsked -= bytes;
        if (bytesSinceAsked <= 0) {
            bytesSinceAsked = CHUNK_BYTES;
            if (!monitor.goOn((double) sample / end)) {
                throw new CancellationException("The reading of the dataset was cancelled.");
            }
        }
    }

    /** The first sample behind this one that is treated differently. */
    private static int runEnd(final BitSet samples, final int from) {
        final int next = samples.get(from) ? samples.nextClearBit(from) : samples.nextSetBit(from);
        return next < 0 ? Integer.MAX_VALUE : next;
    }
}
