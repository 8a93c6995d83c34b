package org.gradienttape.torch.training;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.callback.CheckpointConfig;
import org.gradienttape.checkpoint.RunIdentity;
import org.gradienttape.data.Dataset;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.PreprocessingJson;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Backend;
import org.gradienttape.torch.Compute;
import org.gradienttape.train.TrainingConfig;

/** What a job's numbers depend on, but how long it is and where its files are. */
public final class JobIdentity {
    private static final int FLOATS_PER_CHUNK = 1 << 14;

    private JobIdentity() {}

    /** Of one network. */
    static RunIdentity of(final TrainingJob job, final OwnCode own) {
        final RunIdentity identity = new RunIdentity();
        add(identity, "", job.model());
        add(identity, "", job.update());
        add(identity, "the training data", job.training());
        job.validation().ifPresent(data -> add(identity, "the validation data", data));
        identity.with("the loss", job.loss());
        identity.with("the metrics", job.objective().metrics());
        identity.with("the weights of the classes", job.objective().classWeights());
        add(identity, job.config(), job.callbacks(), job.compute());
        own.step().ifPresent(source -> identity.withSum("the code of the step", source));
        own.loss().ifPresent(source -> identity.withSum("the code of the loss", source));
        own.metrics().ifPresent(source -> identity.withSum("the code of the metrics", source));
        return identity;
    }

    /** A model as it is before the first step. */
    public static void add(final RunIdentity identity, final String whose, final Model model) {
        final StringBuilder network = new StringBuilder(model.network().input().toString());
        model.network()
                .nodes()
                .forEach(node ->
                        network.append('\n').append(node.name()).append(' ').append(node.layer()));
        identity.withSum("the " + whose + "network", network.toString());
        identity.with("the sum of the " + whose + "first weights", sum(model.weights()));
        identity.withSum("the " + whose + "preprocessing", PreprocessingJson.write(model.preprocessing()));
    }

    /** How a network is changed. */
    public static void add(final RunIdentity identity, final String whose, final Update update) {
        identity.with("the " + whose + "optimizer", update.optimizer());
        identity.with("the " + whose + "clipping", update.clipping());
    }

    /** What is learned from, or measured on. */
    public static void add(final RunIdentity identity, final String what, final Dataset data) {
        identity.with("the number of samples of " + what, data.samples());
        identity.with("the shape of " + what, data.sampleShape());
        identity.with("the scaling of " + what, data.scaling());
        identity.withSum("the target of " + what, data.target().toString());
        data.info().columns().ifPresent(columns -> identity.withSum("the columns of " + what, columns.toString()));
        identity.with("the sum of " + what, data.sum());
    }

    /** How the run goes. */
    public static void add(
            final RunIdentity identity,
            final TrainingConfig config,
            final CallbacksConfig callbacks,
            final Compute compute) {
        identity.with("the batch size", config.batchSize());
        identity.with("the shuffle buffer", config.shuffleBuffer());
        identity.with("the seed", config.seed());
        identity.with("the distance of log rows", config.logEvery());
        identity.with("the schedule", callbacks.schedule());
        identity.with("the reduction of the learning rate", callbacks.plateau());
        identity.with("early stopping", callbacks.earlyStopping());
        identity.with("what the best model is", callbacks.checkpoint().map(CheckpointConfig::watch));
        identity.with("stop on NaN", callbacks.nonFiniteLoss());
        identity.with("the execution", compute.execution());
        identity.with("the device", Backend.of(compute).device().name());
        identity.with("the number of threads", compute.threads());
    }

    private static String sum(final Weights weights) {
        final CRC32C sum = new CRC32C();
        final ByteBuffer chunk = ByteBuffer.allocate(FLOATS_PER_CHUNK * Float.BYTES);
        for (final String name : weights.names()) {
            final float[] numbers = weights.get(name);
            for (int from = 0; from < numbers.length; from += FLOATS_PER_CHUNK) {
                final int count = Math.min(FLOATS_PER_CHUNK, numbers.length - from);
                chunk.clear();
                chunk.asFloatBuffer().put(numbers, from, count);
                sum.update(chunk.array(), 0, count * Float.BYTES);
            }
        }
        return Long.toHexString(sum.getValue());
    }
}
