package org.gradienttape.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.picture.Picture;
import org.gradienttape.picture.PictureFile;
import org.gradienttape.picture.PictureTrait;

/**
 * Decodes images on all cores and copies them in their order. Takes a few images ahead, and decodes large ones only as long
 * as the memory allows, so that no more of a dataset is in memory than the cores need.
 */
final class ImagePipeline implements Closeable {
    private static final int AHEAD_PER_CORE = 16;
    /** What the decoder makes, and its numbers. */
    private static final int BYTES_PER_PIXEL = 12;

    /** The bytes of an image's file. */
    @FunctionalInterface
    interface Encoded {
        byte[] read() throws IOException;
    }

    /** The stored bytes of a picture. */
    private record Decoded(byte[] features, Set<PictureTrait> traits) {}

    private record Pending(int sample, String place, Future<Decoded> decoded) {}

    private final SampleCopy copy;
    private final ImageForm form;
    private final FirstImage expected;
    private final ImageRemarks remarks = new ImageRemarks();
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final ExecutorService decoders = Executors.newFixedThreadPool(cores, ImagePipeline::daemon);
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final int pixelBudget = (int) Math.max(
            PictureFile.MOST_PIXELS,
            Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 4 / BYTES_PER_PIXEL));
    private final Semaphore pixelsAtOnce = new Semaphore(pixelBudget);

    /**
     * @param expected the size of all images, where they are not scaled, and how their numbers are stored
     */
    ImagePipeline(final SampleCopy copy, final ImageForm form, final FirstImage expected) {
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
        pending.add(new Pending(sample, place, decoders.submit(() -> decode(place, image.read()))));
    }

    /**
     * Copies what is still pending.
     *
     * @return what a person should hear about the pictures
     */
    List<String> finish() throws IOException {
        while (!pending.isEmpty()) {
            putFirst();
        }
        return remarks.sentences(expected.stored());
    }

    @Override
    public void close() {
        decoders.shutdownNow();
    }

    private void putFirst() throws IOException {
        final Pending first = pending.remove();
        try {
            final Decoded decoded = first.decoded().get();
            remarks.add(first.place(), decoded.traits());
            copy.put(first.sample(), ByteBuffer.wrap(decoded.features()));
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

    private Decoded decode(final String place, final byte[] file) throws InterruptedException {
        final PictureFile picture = PictureFile.of(file, place);
        final ImageSize size = new ImageSize(picture.height(), picture.width());
        if (form.size().isEmpty() && !size.equals(expected.size())) {
            throw new InvalidInputException("Images of one size were expected, but the first one has " + expected.size()
                    + " and " + place + " has " + size + "; choose a size to which all are scaled.");
        }
        final int pixels = size.height() * size.width();
        pixelsAtOnce.acquire(pixels);
        try {
            final Picture decoded = picture.decode(form.colors().channels())
                    .resized(expected.size().height(), expected.size().width());
            return new Decoded(expected.features(decoded), picture.traits());
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
