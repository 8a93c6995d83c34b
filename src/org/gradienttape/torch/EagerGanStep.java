package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gradienttape.gan.GanResult;
import org.gradienttape.gan.GanStep;
import org.gradienttape.gan.NoiseSource;
import org.gradienttape.loss.Loss;

/**
 * The step of Keras' guide "Writing a training loop from scratch", operation by operation. The discriminator learns to
 * give 1 to generated and 0 to real images; then the generator alone learns to make images that get 0. All native
 * arrays of a step end with it, also when it throws.
 */
final class EagerGanStep implements GanStep {
    private static final LossOp LOSS = LossOp.of(new Loss.BinaryCrossentropy());

    private final NDManager run;
    private final GanPlayer generator;
    private final GanPlayer discriminator;
    private final SampleFeed real;
    private final NoiseSource noise;
    private final float[] fixedPoints;
    private final PixelScale pixels;
    private final int latentDimension;
    private final int batchSize;

    /**
     * @param noise of the steps
     * @param fixed of the images that can be compared; asked once
     * @param random of the run, for layers that draw numbers
     * @param engine owner of everything native that this step opens
     */
    EagerGanStep(
            final GanJob job,
            final NoiseSource noise,
            final NoiseSource fixed,
            final RandomGenerator random,
            final NDManager engine) {
        this.run = engine.newSubManager();
        this.generator = new GanPlayer(job.generator(), random, run);
        this.discriminator = new GanPlayer(job.discriminator(), random, run);
        this.latentDimension = job.config().latentDimension();
        this.batchSize =
                Math.min(job.config().training().batchSize(), job.training().samples());
        this.real = new SampleFeed(job.training(), batchSize);
        this.noise = noise;
        this.fixedPoints = fixed.latentPoints(job.config().images().fixed());
        this.pixels = PixelScale.of(job.training().info());
    }

    @Override
    public GanResult train(final int[] samples) {
        try (NDManager step = run.newSubManager()) {
            final NDArray points = points(noise.latentPoints(samples.length), step);
            final NDArray generated = generator.forward(points, ForwardPass.Mode.TRAINING_OTHER, step);
            final double discriminatorLoss = trainDiscriminator(generated, real.features(samples, step), step);
            final double generatorLoss = trainGenerator(noise.latentPoints(samples.length), step);
            return new GanResult(discriminatorLoss, generatorLoss, pixels.bytes(generated.get(0)));
        }
    }

    @Override
    public List<byte[]> fixedImages() {
        final List<byte[]> images = new ArrayList<>();
        final int numbersAtOnce = batchSize * latentDimension;
        for (int from = 0; from < fixedPoints.length; from += numbersAtOnce) {
            final int to = Math.min(fixedPoints.length, from + numbersAtOnce);
            try (NDManager batch = run.newSubManager()) {
                final NDArray points = points(Arrays.copyOfRange(fixedPoints, from, to), batch);
                final NDArray generated = generator.forward(points, ForwardPass.Mode.INFERENCE, batch);
                for (long i = 0; i < generated.size(0); i++) {
                    images.add(pixels.bytes(generated.get(i)));
                }
            }
        }
        return images;
    }

    GanPlayer generator() {
        return generator;
    }

    GanPlayer discriminator() {
        return discriminator;
    }

    @Override
    public void close() {
        run.close();
    }

    /**
     * @param generated [batch, height, width, channels]
     * @param realImages of the same shape
     */
    double trainDiscriminator(final NDArray generated, final NDArray realImages, final NDManager step) {
        final NDArray images = generated.concat(realImages); // [2 * batch, height, width, channels]
        final NDArray labels = labels((int) generated.size(0), step); // [2 * batch, 1]
        try (GradientTape tape = new GradientTape(step)) {
            final List<NDArray> watched = tape.watch(discriminator.trainable());
            final ForwardPass pass = discriminator.pass(watched, step);
            final NDArray logits = discriminator.forward(images, pass); // [2 * batch, 1]
            final NDArray loss = pass.total(LOSS.value(logits, labels));
            discriminator.update(tape.gradient(loss, watched));
            return loss.getFloat();
        }
    }

    /**
     * @param latentPoints [batch, latent dimension]
     */
    double trainGenerator(final float[] latentPoints, final NDManager step) {
        final NDArray points = points(latentPoints, step);
        final NDArray misleading = step.zeros(new Shape(points.size(0), 1)); // "all real"
        try (GradientTape tape = new GradientTape(step)) {
            final List<NDArray> watched = tape.watch(generator.trainable());
            final ForwardPass pass = generator.pass(watched, step);
            final NDArray images = generator.forward(points, pass); // [batch, height, width, channels]
            final NDArray logits = discriminator.forward(images, ForwardPass.Mode.TRAINING_OTHER, step); // [batch, 1]
            final NDArray loss = pass.total(LOSS.value(logits, misleading));
            generator.update(tape.gradient(loss, watched));
            return loss.getFloat();
        }
    }

    /** 1 for the generated images, 0 for the real ones, plus noise. */
    private NDArray labels(final int generated, final NDManager step) {
        final float[] labels = noise.labelNoise(2 * generated);
        for (int i = 0; i < generated; i++) {
            labels[i] += 1;
        }
        return owned(labels, new Shape(labels.length, 1), step);
    }

    private NDArray points(final float[] numbers, final NDManager step) {
        return owned(numbers, new Shape(numbers.length / latentDimension, latentDimension), step);
    }

    /** In the engine's own memory, aligned alike in every run; results depend on that in the last bit. */
    private static NDArray owned(final float[] numbers, final Shape shape, final NDManager step) {
        try (NDArray given = step.create(numbers, shape)) {
            return given.duplicate();
        }
    }
}
