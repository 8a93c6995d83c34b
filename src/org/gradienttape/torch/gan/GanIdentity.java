package org.gradienttape.torch.gan;

import java.util.Optional;
import org.gradienttape.checkpoint.RunIdentity;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.torch.training.JobIdentity;

/** What the numbers of a job with two networks depend on; as {@link JobIdentity}. */
final class GanIdentity {
    private GanIdentity() {}

    static RunIdentity of(final GanJob job, final Optional<String> step) {
        final RunIdentity identity = new RunIdentity();
        JobIdentity.add(identity, "generator's ", job.generator().model());
        JobIdentity.add(identity, "generator's ", job.generator().update());
        JobIdentity.add(identity, "discriminator's ", job.discriminator().model());
        JobIdentity.add(identity, "discriminator's ", job.discriminator().update());
        JobIdentity.add(identity, "the training data", job.training());
        job.validation().ifPresent(data -> JobIdentity.add(identity, "the validation data", data));
        final GanConfig config = job.config();
        identity.with("the latent dimension", config.latentDimension());
        identity.with("the label noise", config.labelNoise());
        identity.with("the distance of kept images", config.images().every());
        identity.with("the number of fixed images", config.images().fixed());
        JobIdentity.add(identity, config.training(), job.callbacks(), job.compute());
        step.ifPresent(source -> identity.withSum("the code of the step", source));
        return identity;
    }
}
