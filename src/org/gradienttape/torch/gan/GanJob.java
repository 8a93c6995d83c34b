package org.gradienttape.torch.gan;

import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Pixels;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Target;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.model.Model;
import org.gradienttape.model.Outline;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;

/**
 * All that a run of adversarial training needs.
 *
 * @param generator makes images of latent points
 * @param discriminator tells them from real ones: one logit, high for generated images
 * @param training the real images; labels are not looked at
 * @param validation real images that are only looked at, after each epoch
 * @param config how the loop runs
 * @param callbacks what happens between the steps
 * @param compute device and threads
 */
public record GanJob(
        Player generator,
        Player discriminator,
        Dataset training,
        Optional<Dataset> validation,
        GanConfig config,
        CallbacksConfig callbacks,
        Compute compute) {
    /** A run without validation and callbacks. */
    public GanJob(
            final Player generator,
            final Player discriminator,
            final Dataset training,
            final GanConfig config,
            final Compute compute) {
        this(generator, discriminator, training, Optional.empty(), config, CallbacksConfig.NONE, compute);
    }

    /**
     * One of the two networks.
     *
     * @param model where training starts; stays as it is
     * @param update how its weights change
     */
    public record Player(Model model, Update update) {
        /** With its gradients as they are. */
        public Player(final Model model, final OptimizerConfig optimizer) {
            this(model, Update.of(optimizer));
        }

        private Player with(final Optional<Pixels> pixels) {
            return new Player(model.with(model.preprocessing().with(pixels)), update);
        }
    }

    /** Real images of a step, and generated ones: the batch size, or all samples if there are fewer. */
    int batchSize() {
        return Math.min(config.training().batchSize(), training.samples());
    }

    /**
     * The same job with the real images scaled as the models know them; models that know nothing yet learn it from the
     * images. A job that is so already stays as it is.
     *
     * @throws InvalidInputException if the models know different numbers, or the images cannot be scaled for them
     */
    public GanJob inTermsOfTheModels() {
        final Preprocessing known = new Preprocessing(
                        Target.NONE, pixels(generator.model.outline(), discriminator.model.outline()), Optional.empty())
                .completedBy(training);
        return new GanJob(
                generator.with(known.pixels()),
                discriminator.with(known.pixels()),
                known.scaled(training, "the training data"),
                validation.map(data -> known.scaled(data, "the validation data")),
                config,
                callbacks,
                compute);
    }

    /**
     * The pixels that the models know, if one does.
     *
     * @throws InvalidInputException if they know different ones
     */
    public static Optional<Pixels> pixels(final Outline generator, final Outline discriminator) {
        final Optional<Pixels> making = generator.preprocessing().pixels();
        final Optional<Pixels> judging = discriminator.preprocessing().pixels();
        if (making.isPresent()
                && judging.isPresent()
                && making.get().range() != judging.get().range()) {
            throw new InvalidInputException(
                    "Generator and discriminator should have been trained on the same pixels, but"
                            + " the generator's go from " + making.get().range() + " and the discriminator's from "
                            + judging.get().range() + "; choose two that belong together.");
        }
        return judging.or(() -> making);
    }
}
