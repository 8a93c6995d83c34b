package org.gradienttape.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import org.gradienttape.error.InvalidInputException;

/**
 * One epoch of batches, shuffled as tf.data shuffles: a buffer is filled with the first samples; each output is drawn
 * uniformly from the buffer and its place taken by the next input; at the end the buffer is drained uniformly. So a
 * sample leaves at the earliest buffer - 1 places before its own. Not for several threads.
 *
 * <p>Rule: tensorflow.org/api_docs/python/tf/data/Dataset#shuffle.
 */
public final class BatchIterator implements Iterator<int[]> {
    private final int samples;
    private final int batchSize;
    private final RandomGenerator random;
    private final int[] buffer;
    private int buffered;
    private int nextInput;

    /**
     * Starts an epoch.
     *
     * @param samples how many there are, at least 0; they are numbered from 0
     * @param batchSize samples per batch, at least 1; the last batch may be smaller
     * @param shuffleBuffer size of the buffer; 0 for the whole set (a uniform permutation), 1 for file order
     * @param random asked once per sample
     */
    public BatchIterator(
            final int samples, final int batchSize, final int shuffleBuffer, final RandomGenerator random) {
        if (samples < 0 || batchSize < 1 || shuffleBuffer < 0) {
            throw new InvalidInputException("Batches need at least 0 samples, a batch size of at least 1 and a shuffle"
                    + " buffer of at least 0, but these are " + samples + ", " + batchSize + " and " + shuffleBuffer
                    + ".");
        }
        this.samples = samples;
        this.batchSize = batchSize;
        this.random = random;
        this.buffer = new int[shuffleBuffer == 0 ? samples : Math.min(shuffleBuffer, samples)];
        while (buffered < buffer.length) {
            buffer[buffered++] = nextInput++;
        }
    }

    /** How many batches an epoch over so many samples has. */
    public static int steps(final int samples, final int batchSize) {
        return (int) (((long) samples + batchSize - 1) / batchSize);
    }

    @Override
    public boolean hasNext() {
        return buffered > 0;
    }

    /** The next batch: indices of samples. */
    @Override
    public int[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the epoch of " + samples + " samples is over");
        }
        final int left = samples - nextInput + buffered;
        final int[] batch = new int[Math.min(batchSize, left)];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = draw();
        }
        return batch;
    }

    private int draw() {
        final int place = random.nextInt(buffered);
        final int sample = buffer[place];
        buffer[place] = nextInput < samples ? nextInput++ : buffer[--buffered];
        return sample;
    }
}
