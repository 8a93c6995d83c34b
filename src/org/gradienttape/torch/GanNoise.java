package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.gradienttape.data.PixelRange;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.NoiseSource;
import org.gradienttape.gan.RandomNoise;

/** The random numbers of a GAN run. */
final class GanNoise {
    private final NoiseSource running;
    private final float[] fixedPoints;
    private final int latentDimension;
    private final int batchSize;
    private final long seed;

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
        this.seed = config.training().seed();
    }

    /** Points for so many images, [images, latent dimension]. */
    float[] latentPoints(final int images) {
        return running.latentPoints(images);
    }

    /** 1 for the generated images, then 0 for as many real ones, plus noise: [2 * generated]. */
    float[] labels(final int generated) {
        final float[] labels = running.labelNoise(2 * generated);
        for (int i = 0; i < generated; i++) {
            labels[i] += 1;
        }
        return labels;
    }

    /** Points for the validation of a batch, the same at each call. */
    float[] validationPoints(final int[] samples) {
        return new RandomNoise(new SplittableRandom(seed + samples[0]), latentDimension, 0)
                .latentPoints(samples.length);
    }

    /** What a generator computes. */
    @FunctionalInterface
    interface Generator {
        /**
         * @param points [images, latent dimension], no more than a batch at once
         * @return [images, height, width, channels]
         */
        float[] generate(float[] points, int images);
    }

    /**
     * The images of the points that stay the same during the run, by a generator as it is now.
     *
     * @param generator computes without any change
     * @return each height x width x channels, row-major, one unsigned byte per number
     */
    List<byte[]> fixedImages(final PixelRange pixels, final Generator generator) {
        final List<byte[]> images = new ArrayList<>();
        final int numbersAtOnce = batchSize * latentDimension;
        for (int from = 0; from < fixedPoints.length; from += numbersAtOnce) {
            final float[] points =
                    Arrays.copyOfRange(fixedPoints, from, Math.min(fixedPoints.length, from + numbersAtOnce));
            final int count = points.length / latentDimension;
            final float[] generated = generator.generate(points, count);
            final int size = generated.length / count;
            for (int i = 0; i < count; i++) {
                images.add(pixels.bytes(Arrays.copyOfRange(generated, i * size, (i + 1) * size)));
            }
        }
        return images;
    }

    /** The same by a generator that works on the engine's arrays. */
    List<byte[]> fixedImages(final NDManager run, final PixelRange pixels, final UnaryOperator<NDArray> generator) {
        return fixedImages(pixels, (points, images) -> {
            try (NDManager batch = run.newSubManager()) {
                return generator
                        .apply(EngineMemory.array(points, new Shape(images, latentDimension), batch))
                        .toFloatArray();
            }
        });
    }
}
