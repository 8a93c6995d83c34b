package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.gradienttape.data.PixelRange;
import org.gradienttape.gan.GanResult;
import org.gradienttape.gan.NoiseSource;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;

/**
 * The step of Keras' guide "Writing a training loop from scratch", operation by operation. The discriminator learns to
 * give 1 to generated and 0 to real images; then the generator alone learns to make images that get 0. All native
 * arrays of a step end with it, also when it throws.
 */
final class EagerGanStep implements AdversarialStep {
    private static final LossOp LOSS = LossOp.of(new Loss.BinaryCrossentropy());

    private final NDManager run;
    private final GanPlayer generator;
    private final GanPlayer discriminator;
    private final SampleFeed real;
    private final GanNoise noise;
    private final PixelRange pixels;

    /**
     * @param running of the steps
     * @param fixed of the images that can be compared; asked once
     * @param random of the run, for layers that draw numbers
     * @param engine owner of everything native that this step opens
     */
    EagerGanStep(
            final GanJob job,
            final NoiseSource running,
            final NoiseSource fixed,
            final RandomGenerator random,
            final NDManager engine) {
        this.run = engine.newSubManager();
        this.generator = new GanPlayer(job.generator(), random, run);
        this.discriminator = new GanPlayer(job.discriminator(), random, run);
        this.real = new SampleFeed(job.training(), job.batchSize());
        this.noise = new GanNoise(running, fixed, job.config(), job.batchSize());
        this.pixels = job.training().pixels().range();
    }

    @Override
    public GanResult train(final int[] samples) {
        try (NDManager step = run.newSubManager()) {
            final NDArray points = noise.latentPoints(samples.length, step);
            final NDArray generated = generator.forward(points, ForwardPass.Mode.TRAINING_OTHER, step);
            final double discriminatorLoss = trainDiscriminator(generated, real.features(samples, step), step);
            final double generatorLoss = trainGenerator(noise.latentPoints(samples.length, step), step);
            return new GanResult(
                    discriminatorLoss,
                    generatorLoss,
                    pixels.bytes(generated.get(0).toFloatArray()));
        }
    }

    @Override
    public List<byte[]> fixedImages() {
        return noise.fixedImages(
                run, pixels, points -> generator.forward(points, ForwardPass.Mode.INFERENCE, points.getManager()));
    }

    GanPlayer discriminator() {
        return discriminator;
    }

    @Override
    public Weights generatorWeights() {
        return generator.weights().read();
    }

    @Override
    public Weights discriminatorWeights() {
        return discriminator.weights().read();
    }

    @Override
    public Optional<String> code() {
        return Optional.empty();
    }

    @Override
    public void close() {
        run.close();
    }

    /**
     * @param generated [batch, height, width, channels]
     * @param realImages of the same shape
     */
    private double trainDiscriminator(final NDArray generated, final NDArray realImages, final NDManager step) {
        final NDArray images = generated.concat(realImages); // [2 * batch, height, width, channels]
        final NDArray labels = noise.labels((int) generated.size(0), step); // [2 * batch, 1]
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
     * @param points [batch, latent dimension]
     */
    private double trainGenerator(final NDArray points, final NDManager step) {
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
}
