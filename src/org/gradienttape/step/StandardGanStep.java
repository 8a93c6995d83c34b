package org.gradienttape.step;

import java.util.List;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Mode;
import org.gradienttape.tensor.Tensor;

/**
 * The step that the GAN Trainer makes if no other is written: the guide's. The discriminator learns to give 1 to generated
 * and 0 to real images; then the generator alone learns to make images that get 0.
 */
public final class StandardGanStep implements CustomGanStep {
    private final Learning learning;

    public StandardGanStep() {
        this(Learning.ALONE);
    }

    /**
     * @param learning how both networks learn
     */
    public StandardGanStep(final Learning learning) {
        this.learning = learning;
    }

    @Override
    public GanLosses trainStep(final GanRun run, final Tensor realImages) {
        final long batch = realImages.size(0);
        final Tensor generated = run.generator().call(points(run, batch), Mode.FROZEN);
        final Tensor labels = run.concat(0, run.ones(batch, 1), run.zeros(batch, 1))
                .add(run.random().uniform(0, run.labelNoise(), 2 * batch, 1));
        final Tensor images = run.concat(0, generated, realImages);
        final Tensor loss = discriminatorLoss(run, images, labels);
        final List<Tensor> learned = learning.learn(run.discriminatorOptimizer(), run.discriminator(), loss, generated);
        final Tensor generatorLoss = generatorLoss(run, batch);
        return new GanLosses(
                learned.get(0),
                learning.learn(run.generatorOptimizer(), run.generator(), generatorLoss)
                        .get(0),
                learned.get(1));
    }

    @Override
    public GanLosses testStep(final GanRun run, final Tensor realImages) {
        final GanLosses own = CustomGanStep.super.testStep(run, realImages);
        final List<Tensor> ofBatch =
                learning.measure(List.of(own.discriminator(), own.generator()), own.generatedImages());
        return new GanLosses(ofBatch.get(0), ofBatch.get(1), ofBatch.get(2));
    }

    private static Tensor discriminatorLoss(final GanRun run, final Tensor images, final Tensor labels) {
        final CallableNetwork discriminator = run.discriminator();
        final Tensor logits = discriminator.call(images, Mode.TRAINING);
        return run.loss().call(labels, logits).add(discriminator.losses());
    }

    /** The discriminator stays as it is; the labels say "all real". */
    private static Tensor generatorLoss(final GanRun run, final long batch) {
        final CallableNetwork generator = run.generator();
        final Tensor images = generator.call(points(run, batch), Mode.TRAINING);
        final Tensor logits = run.discriminator().call(images, Mode.FROZEN);
        return run.loss().call(run.zeros(batch, 1), logits).add(generator.losses());
    }

    private static Tensor points(final GanRun run, final long images) {
        return run.random().normal(images, run.latentDimension());
    }
}
