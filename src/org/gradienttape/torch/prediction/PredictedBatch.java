package org.gradienttape.torch.prediction;

import java.util.Optional;
import org.gradienttape.data.SampleBatches;
import org.gradienttape.metric.Predictions;
import org.gradienttape.torch.feed.SampleFeed;

/** A batch of samples and what a model says of them; good until the next batch. */
public final class PredictedBatch {
    private final long first;
    private final Predictions outputs;
    private final SampleBatches samples;
    private final SampleFeed feed;

    PredictedBatch(final long first, final Predictions outputs, final SampleBatches samples, final SampleFeed feed) {
        this.first = first;
        this.outputs = outputs;
        this.samples = samples;
        this.feed = feed;
    }

    /** The number of the first sample among all. */
    public long first() {
        return first;
    }

    /** How many samples there are. */
    public int size() {
        return outputs.rows();
    }

    /** One row per sample, as the last layer gives them. */
    public Predictions outputs() {
        return outputs;
    }

    /**
     * Why a sample has no prediction, for the middle of a sentence; its outputs are of no meaning then.
     *
     * @param sample its place in the batch
     */
    public Optional<String> trouble(final int sample) {
        return samples.trouble(sample);
    }

    /** The mean squared difference between the outputs and the sample itself, as both are at the network. */
    public double reconstructionError(final int sample) {
        final float[] numbers = feed.numbers(sample);
        double sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            final double difference = (double) outputs.value(sample, i) - numbers[i];
            sum += difference * difference;
        }
        return sum / numbers.length;
    }
}
