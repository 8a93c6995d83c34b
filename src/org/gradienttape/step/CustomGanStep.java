package org.gradienttape.step;

import org.gradienttape.layer.Mode;
import org.gradienttape.tensor.Tensor;

/**
 * What the GAN Trainer does with one batch: the {@code train_step} of the end-to-end example in Keras' guide "Writing a
 * training loop from scratch".
 *
 * <p>A run makes one object of the class, with the constructor without arguments, so fields keep what one step leaves for
 * the next. Tensors do not last that long: see {@link Run#variable}.
 */
public interface CustomGanStep {
    /**
     * Trains discriminator and generator on one batch.
     *
     * @param run both networks, their optimizers, and tools
     * @param realImages [batch, height, width, channels], float32
     * @return both losses, and images that the generator made
     */
    GanLosses trainStep(GanRun run, Tensor realImages);

    /**
     * Measures one batch of the validation data, after each epoch; without an own one, the losses of the guide's step
     * without label noise.
     *
     * @param run as in training; its random numbers are others, the same in each validation
     * @return both losses, whose means over the images go into the epoch log, and images that the generator made
     */
    default GanLosses testStep(final GanRun run, final Tensor realImages) {
        final long batch = realImages.size(0);
        final Tensor points = run.random().normal(batch, run.latentDimension());
        final Tensor generated = run.generator().call(points, Mode.INFERENCE);
        final Tensor logits = run.discriminator().call(run.concat(0, generated, realImages), Mode.INFERENCE);
        final Tensor labels = run.concat(0, run.ones(batch, 1), run.zeros(batch, 1));
        final Tensor misleading = run.zeros(batch, 1);
        return new GanLosses(
                run.loss().call(labels, logits).add(run.discriminator().losses()),
                run.loss()
                        .call(misleading, logits.slice(0, 0, batch))
                        .add(run.generator().losses()),
                generated);
    }
}
