package org.gradienttape.step;

import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Mode;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;

/**
 * The step that the GAN Trainer makes if no other is written: the guide's. The discriminator learns to give 1 to generated
 * and 0 to real images; then the generator alone learns to make images that get 0.
 */
public final class StandardGanStep implements CustomGanStep {
    @Override
    public GanLosses trainStep(final GanRun run, final Tensor realImages) {
        final long batch = realImages.size(0);
        final Tensor generated = run.generator().call(points(run, batch), Mode.FROZEN);
        final Tensor labels = run.concat(0, run.ones(batch, 1), run.zeros(batch, 1))
                .add(run.random().uniform(0, run.labelNoise(), 2 * batch, 1));
        final Tensor discriminatorLoss = trainDiscriminator(run, run.concat(0, generated, realImages), labels);
        return new GanLosses(discriminatorLoss, trainGenerator(run, batch), generated);
    }

    private static Tensor trainDiscriminator(final GanRun run, final Tensor images, final Tensor labels) {
        final CallableNetwork discriminator = run.discriminator();
        try (GradientTape tape = new GradientTape()) {
            final Tensor logits = discriminator.call(images, Mode.TRAINING);
            final Tensor loss = run.loss().call(labels, logits).add(discriminator.losses());
            final var weights = discriminator.trainableWeights();
            run.discriminatorOptimizer().apply(tape.gradient(loss, weights), weights);
            return loss;
        }
    }

    /** The discriminator stays as it is; the labels say "all real". */
    private static Tensor trainGenerator(final GanRun run, final long batch) {
        final CallableNetwork generator = run.generator();
        try (GradientTape tape = new GradientTape()) {
            final Tensor images = generator.call(points(run, batch), Mode.TRAINING);
            final Tensor logits = run.discriminator().call(images, Mode.FROZEN);
            final Tensor loss = run.loss().call(run.zeros(batch, 1), logits).add(generator.losses());
            final var weights = generator.trainableWeights();
            run.generatorOptimizer().apply(tape.gradient(loss, weights), weights);
            return loss;
        }
    }

    private static Tensor points(final GanRun run, final long images) {
        return run.random().normal(images, run.latentDimension());
    }
}
