package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gradienttape.data.PixelRange;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.NoiseSource;

/** The random numbers of a GAN run as tensors. */
final class GanNoise {
    private final NoiseSource running;
    private final float[] fixedPoints;
    private final int latentDimension;
    private final int batchSize;

    /**
     * @param running of the steps
     * @param fixed of the images that can be compared; asked once
     * @param batchSize images that are made at once, at most
     */
    GanNoise(final NoiseSource running, final NoiseSource fixed, final GanConfig config, final int batchSize) {
        this.running = running;
        this.fixedPoints = fixed.latentPoints(config.images().fixed());
        this.latentDimension = config.latentDimension();
        this.batchSize = batchSize;
    }

    /** Points for so many images, [images, latent dimension]. */
    NDArray latentPoints(final int images, final NDManager step) {
        return points(running.latentPoints(images), step);
    }

    /** 1 for the generated images, then 0 for as many real ones, plus noise: [2 * generated, 1]. */
    NDArray labels(final int generated, final NDManager step) {
        final float[] labels = running.labelNoise(2 * generated);
        for (int i = 0; i < generated; i++) {
            labels[i] += 1;
        }
        return EngineMemory.array(labels, new Shape(labels.length, 1), step);
    }

    /**
     * The images of the points that stay the same during the run, by a generator as it is now.
     *
     * @param generator what it computes of [images, latent dimension], no more than a batch at once, without any change
     * @return each height x width x channels, row-major, one unsigned byte per number
     */
    List<byte[]> fixedImages(final NDManager run, final PixelRange pixels, final UnaryOperator<NDArray> generator) {
        final List<byte[]> images = new ArrayList<>();
        final int numbersAtOnce = batchSize * latentDimension;
        for (int from = 0; from < fixedPoints.length; from += numbersAtOnce) {
            final int to = Math.min(fixedPoints.length, from + numbersAtOnce);
            try (NDManager batch = run.newSubManager()) {
                final NDArray generated = generator.apply(points(Arrays.copyOfRange(fixedPoints, from, to), batch));
                for (long i = 0; i < generated.size(0); i++) {
                    images.add(pixels.bytes(generated.get(i).toFloatArray()));
                }
            }
        }
        return images;
    }

    private NDArray points(final float[] numbers, final NDManager step) {
        return EngineMemory.array(numbers, new Shape(numbers.length / latentDimension, latentDimension), step);
    }
}
