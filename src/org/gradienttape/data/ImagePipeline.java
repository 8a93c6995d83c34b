package org.gradienttape.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.gradienttape.error.InvalidInputException;

/**
 * Decodes images on all cores and copies them in their order. Takes a few images ahead, and decodes large ones only as long
 * as the memory allows, so that no more of a dataset is in memory than the cores need.
 */
final class ImagePipeline implements Closeable {
    private static final int AHEAD_PER_CORE = 16;
    private static final int BYTES_PER_PIXEL = 8;

    /** The bytes of an image's file. */
    @FunctionalInterface
    interface Encoded {
        byte[] read() throws IOException;
    }

    private record Pending(int sample, Future<byte[]> pixels) {}

    private final SampleCopy copy;
    private final ImageForm form;
    private final ImageSize expected;
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final ExecutorService decoders = Executors.newFixedThreadPool(cores, ImagePipeline::daemon);
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final int pixelBudget = (int) Math.max(
            ImageDecoder.MOST_PIXELS,
            Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 4 / BYTES_PER_PIXEL));
    private final Semaphore pixelsAtOnce = new Semaphore(pixelBudget);

    /**
     * @param expected the size of all images, where they are not scaled
     */
    ImagePipeline(final SampleCopy copy, final ImageForm form, final ImageSize expected) {
        this.copy = copy;
        this.form = form;
        this.expected = expected;
    }

    /**
     * Takes the next image.
     *
     * @param sample its number in the plan
     * @param place where it is, for a sentence
     * @param image read by one of the decoders
     */
    void take(final int sample, final String place, final Encoded image) throws IOException {
        if (pending.size() >= cores * AHEAD_PER_CORE) {
            putFirst();
        }
        pending.add(new Pending(sample, decoders.submit(() -> decode(place, image.read()))));
    }

    /** Copies what is still pending. */
    void finish() throws IOException {
        while (!pending.isEmpty()) {
            putFirst();
        }
    }

    @Override
    public void close() {
        decoders.shutdownNow();
    }

    private void putFirst() throws IOException {
        final Pending first = pending.remove();
        try {
            copy.put(first.sample(), ByteBuffer.wrap(first.pixels().get()));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("The reading of the images was interrupted.").initCause(e);
        } catch (final ExecutionException failure) {
            if (failure.getCause() instanceof InvalidInputException refused) {
                throw new InvalidInputException(refused.getMessage(), failure);
            }
            throw new IOException(failure.getCause().getMessage(), failure);
        }
    }

    private byte[] decode(final String place, final byte[] file) throws InterruptedException {
        final ImageDecoder decoder = new ImageDecoder(file, place);
        final ImageSize size = decoder.size();
        if (form.size().isEmpty() && !size.equals(expected)) {
            throw new InvalidInputException("Images of one size were expected, but the first one has " + expected
                    + " and " + place + " has " + size + "; choose a size to which all are scaled.");
        }
        final int pixels = size.height() * size.width();
        pixelsAtOnce.acquire(pixels);
        try {
            return decoder.decode(form.colors()).resized(expected).pixels();
        } finally {
            pixelsAtOnce.release(pixels);
        }
    }

    private static Thread daemon(final Runnable work) {
        final Thread thread = new Thread(work, "image-decoder");
        thread.setDaemon(true);
        return thread;
    }
}
