package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.gradienttape.data.PixelRange;
import org.gradienttape.gan.GanResult;
import org.gradienttape.gan.NoiseSource;
import org.gradienttape.layer.Weights;
import org.gradienttape.script.GanScript;

/**
 * The guide's GAN step as one piece of compiled code. It draws the same batches, noise and dropout masks as the
 * {@link EagerGanStep} and differs from it in rounding only.
 */
final class CompiledGanStep implements AdversarialStep {
    private final GanJob job;
    private final NDManager run;
    private final CompiledModule module;
    private final DropoutMasks generatorMasks;
    private final DropoutMasks discriminatorMasks;
    private final SampleSource real;
    private final GanNoise noise;
    private final PixelRange pixels;
    private final float[] rates;

    /**
     * @param running of the steps
     * @param fixed of the images that can be compared; asked once
     * @param random of the run, for layers that draw numbers
     * @param engine owner of everything native that this step opens
     */
    CompiledGanStep(
            final GanJob job,
            final NoiseSource running,
            final NoiseSource fixed,
            final RandomGenerator random,
            final NDManager engine) {
        final int batchSize = job.batchSize();
        this.job = job;
        this.run = engine.newSubManager();
        this.module = new CompiledModule(
                new GanScript(
                                player(job.generator()),
                                player(job.discriminator()),
                                job.training().scaling())
                        .module(
                                job.generator().model().weights(),
                                job.discriminator().model().weights()),
                run);
        this.generatorMasks = new DropoutMasks(job.generator().model().network(), random);
        this.discriminatorMasks = new DropoutMasks(job.discriminator().model().network(), random);
        this.real = SampleSource.of(job.training(), batchSize, run);
        this.noise = new GanNoise(running, fixed, job.config(), batchSize);
        this.pixels = job.training().pixels().range();
        this.rates = new float[] {
            CompiledModule.rate(job.discriminator().optimizer().learningRate()),
            CompiledModule.rate(job.generator().optimizer().learningRate())
        };
    }

    @Override
    public GanResult train(final int[] samples) {
        try (NDManager step = run.newSubManager()) {
            final int batch = samples.length;
            final SampleSource.Call images = real.of(samples, step);
            final List<NDArray> arguments = new ArrayList<>(List.of(images.indices(), images.features()));
            arguments.add(noise.latentPoints(batch, step));
            final NDArray labels = noise.labels(batch, step);
            arguments.add(noise.latentPoints(batch, step));
            arguments.add(labels);
            arguments.add(step.create(rates));
            arguments.addAll(generatorMasks.draw(List.of(new int[batch]), step));
            arguments.addAll(discriminatorMasks.draw(List.of(new int[2 * batch]), step));
            arguments.addAll(generatorMasks.draw(List.of(new int[batch]), step));
            arguments.addAll(discriminatorMasks.draw(List.of(new int[batch]), step));
            final NDList lossesAndImages = module.call("train_step", arguments);
            final float[] losses = lossesAndImages.get(0).toFloatArray();
            return new GanResult(
                    losses[0],
                    losses[1],
                    pixels.bytes(lossesAndImages.get(1).get(0).toFloatArray()));
        }
    }

    @Override
    public List<byte[]> fixedImages() {
        return noise.fixedImages(
                run, pixels, points -> module.call("generate", List.of(points)).singletonOrThrow());
    }

    @Override
    public Weights generatorWeights() {
        return module.weights(GanScript.GENERATOR, job.generator().model().network());
    }

    @Override
    public Weights discriminatorWeights() {
        return module.weights(
                GanScript.DISCRIMINATOR, job.discriminator().model().network());
    }

    @Override
    public Optional<String> code() {
        return Optional.of(module.code());
    }

    @Override
    public void close() {
        run.close();
    }

    private static GanScript.Player player(final GanJob.Player player) {
        return new GanScript.Player(player.model().network(), player.optimizer());
    }
}
