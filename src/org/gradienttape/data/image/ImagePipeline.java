package org.gradienttape.data.image;

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
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.ImageSize;
import org.gradienttape.data.source.SampleCopy;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.error.MemoryNeed;
import org.gradienttape.picture.Picture;
import org.gradienttape.picture.PictureFile;
import org.gradienttape.picture.PictureTrait;

/**
 * Decodes images on all cores and copies them in their order. Takes a few images ahead, but no more than a part of the
 * memory holds, and decodes large ones only as long as another part allows.
 */
public final class ImagePipeline implements Closeable {
    private static final int AHEAD_PER_CORE = 16;
    /** What the decoder makes, its numbers, and what is stored of them. */
    private static final int BYTES_PER_PIXEL = 12;

    private static final int BYTES_PER_DEEP_PIXEL = 24;
    private static final long MEMORY = Runtime.getRuntime().maxMemory();

    /** The bytes of an image's file. */
    @FunctionalInterface
    public interface Encoded {
        byte[] read() throws IOException;
    }

    /** The stored bytes of a picture. */
    private record Decoded(byte[] features, Set<PictureTrait> traits) {}

    private record Pending(int sample, String place, long bytes, Future<Decoded> decoded) {}

    private final SampleCopy copy;
    private final ImageForm form;
    private final FirstImage expected;
    private final ImageRemarks remarks = new ImageRemarks();
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final ExecutorService decoders = Executors.newFixedThreadPool(cores, ImagePipeline::daemon);
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final int decodingBudget = (int) Math.min(Integer.MAX_VALUE, MEMORY / 2);
    private final Semaphore decodingBytes = new Semaphore(decodingBudget);
    private final long bytesPerSample;
    private long waitingBytes;

    /**
     * @param expected the size of all images, where they are not scaled, and how their numbers are stored
     */
    public ImagePipeline(final SampleCopy copy, final ImageForm form, final FirstImage expected) {
        this.copy = copy;
        this.form = form;
        this.expected = expected;
        this.bytesPerSample = (long) expected.size().height()
                * expected.size().width()
                * form.colors().channels()
                * expected.stored().bytes();
    }

    /**
     * Takes the next image.
     *
     * @param sample its number in the plan
     * @param place where it is, for a sentence
     * @param heldBytes of its file that are in memory already
     * @param image read by one of the decoders
     */
    public void take(final int sample, final String place, final long heldBytes, final Encoded image)
            throws IOException {
        final long bytes = bytesPerSample + heldBytes;
        while (!pending.isEmpty() && (pending.size() >= cores * AHEAD_PER_CORE || waitingBytes + bytes > MEMORY / 8)) {
            putFirst();
        }
        waitingBytes += bytes;
        pending.add(new Pending(sample, place, bytes, decoders.submit(() -> decode(place, image.read()))));
    }

    /**
     * Copies what is still pending.
     *
     * @return what a person should hear about the pictures
     */
    public List<String> finish() throws IOException {
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
            waitingBytes -= first.bytes();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("The reading of the images was interrupted.").initCause(e);
        } catch (final ExecutionException failure) {
            if (failure.getCause() instanceof InvalidInputException refused) {
                throw new InvalidInputException(refused.getMessage(), failure);
            }
            if (failure.getCause() instanceof OutOfMemoryError) {
                throw new InvalidInputException(
                        "The picture " + first.place() + " takes more memory than this program has left; scale it down,"
                                + " or give the program more memory (-Xmx).",
                        failure);
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
        final long needed = (long) size.height()
                * size.width()
                * (picture.traits().contains(PictureTrait.DEEP) ? BYTES_PER_DEEP_PIXEL : BYTES_PER_PIXEL);
        // What is over the budget goes alone; it needs a little room beside it.
        MemoryNeed.check("The " + size + " of " + place, needed + needed / 3, "scale the picture down or remove it");
        final int permits = (int) Math.min(needed, decodingBudget);
        decodingBytes.acquire(permits);
        try {
            final Picture decoded = picture.decode(form.colors().channels())
                    .resized(expected.size().height(), expected.size().width());
            return new Decoded(expected.features(decoded), picture.traits());
        } finally {
            decodingBytes.release(permits);
        }
    }

    private static Thread daemon(final Runnable work) {
        final Thread thread = new Thread(work, "image-decoder");
        thread.setDaemon(true);
        return thread;
    }
}
