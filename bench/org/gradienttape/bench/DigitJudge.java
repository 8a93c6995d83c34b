package org.gradienttape.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Scaling;
import org.gradienttape.layer.Weights;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;

/**
 * Says which digit an image shows, and how sure it is: the guide's classifier 784-64-64-10, trained on 50,000 digits
 * with pixels between 0 and 1.
 */
final class DigitJudge {
    private static final int CLASSES = 10;
    private static final double LEAST_ACCURACY = 0.97;
    private static final float LARGEST_BYTE = 255;

    private final List<float[]> weights;
    private final double accuracy;
    private final Dataset unseen;

    /**
     * What became of some images.
     *
     * @param images how many
     * @param meanTopProbability the mean, over the images, of the probability of the likeliest class
     * @param classes how many images were taken for each digit, from 0 to 9
     */
    record Judgement(int images, double meanTopProbability, int[] classes) {
        long classesSeen() {
            return Arrays.stream(classes).filter(count -> count > 0).count();
        }
    }

    private DigitJudge(final List<float[]> weights, final double accuracy, final Dataset unseen) {
        this.weights = weights;
        this.accuracy = accuracy;
        this.unseen = unseen;
    }

    /**
     * Trains it.
     *
     * @throws IllegalStateException if it knows less than 97 % of the 10,000 validation digits
     */
    static DigitJudge train(final Path folder) throws IOException {
        final GuideTask task = GuideTask.read(Classifier.GUIDE, folder, Scaling.DIVIDE_BY_255);
        final TrainedModel trained = Training.run(
                task.job(
                        new OptimizerConfig.Adam(1e-3),
                        new TrainingConfig(8, GuideTask.BATCH_SIZE, GuideTask.SHUFFLE_BUFFER, 0, 200),
                        Compute.singleThreaded()),
                new SilentMonitor());
        final List<TrainingLog.EpochRow> epochs = trained.log().epochs();
        final double accuracy =
                epochs.get(epochs.size() - 1).validationMetrics().get(0);
        if (accuracy < LEAST_ACCURACY) {
            throw new IllegalStateException("The judge knows only " + accuracy + " of the validation digits.");
        }
        final Weights learned = trained.model().weights();
        final List<float[]> weights = new ArrayList<>();
        learned.names().forEach(name -> weights.add(learned.get(name)));
        return new DigitJudge(weights, accuracy, task.validation());
    }

    /** The share of the 10,000 validation digits that it knows. */
    double accuracy() {
        return accuracy;
    }

    /** Real digits that it was not trained on. */
    List<byte[]> realDigits(final int count) {
        final List<byte[]> digits = new ArrayList<>();
        for (int sample = 0; sample < count; sample++) {
            final ByteBuffer pixels = ByteBuffer.allocate(unseen.bytesPerSample());
            unseen.copyFeatures(sample, pixels);
            digits.add(pixels.array());
        }
        return digits;
    }

    /**
     * Judges images.
     *
     * @param images at least 1, each 784 unsigned bytes
     */
    Judgement judge(final List<byte[]> images) {
        final int[] classes = new int[CLASSES];
        double sum = 0;
        for (final byte[] image : images) {
            final double[] probabilities = probabilities(image);
            int top = 0;
            for (int i = 1; i < CLASSES; i++) {
                top = probabilities[i] > probabilities[top] ? i : top;
            }
            classes[top]++;
            sum += probabilities[top];
        }
        return new Judgement(images.size(), sum / images.size(), classes);
    }

    private double[] probabilities(final byte[] image) {
        double[] values = new double[image.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Byte.toUnsignedInt(image[i]) / LARGEST_BYTE;
        }
        for (int layer = 0; layer < weights.size(); layer += 2) {
            if (layer > 0) {
                values = Arrays.stream(values).map(value -> Math.max(value, 0)).toArray();
            }
            values = dense(values, weights.get(layer), weights.get(layer + 1));
        }
        final double largest = Arrays.stream(values).max().orElseThrow();
        final double[] powers =
                Arrays.stream(values).map(value -> Math.exp(value - largest)).toArray();
        final double total = Arrays.stream(powers).sum();
        return Arrays.stream(powers).map(power -> power / total).toArray();
    }

    /**
     * @param kernel [inputs, units], row-major
     */
    private static double[] dense(final double[] inputs, final float[] kernel, final float[] bias) {
        final double[] outputs = new double[bias.length];
        for (int unit = 0; unit < bias.length; unit++) {
            outputs[unit] = bias[unit];
            for (int i = 0; i < inputs.length; i++) {
                outputs[unit] += inputs[i] * kernel[i * bias.length + unit];
            }
        }
        return outputs;
    }
}
