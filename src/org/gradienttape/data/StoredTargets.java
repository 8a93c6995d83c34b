package org.gradienttape.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.gradienttape.error.InvalidInputException;

/**
 * What there is to learn about the samples of a dataset, and how much each counts. On the Java heap.
 *
 * @param labels the class of each sample; none if the target is not classes
 * @param numbers [samples, numbers], row-major, in their own units; none if the target is not numbers
 * @param weights of each sample; none if all count alike
 */
record StoredTargets(int[] labels, double[] numbers, float[] weights) {
    /** @throws InvalidInputException if a label is outside the classes, or a number or weight is none */
    static StoredTargets read(final DatasetFolder files, final DatasetInfo info) throws IOException {
        final int[] labels = new int[info.target() instanceof Target.Classes ? info.samples() : 0];
        if (labels.length > 0) {
            bytes(files.targets()).asIntBuffer().get(labels);
        }
        final double[] numbers = new double
                [info.target() instanceof Target.Numbers numbered
                        ? Math.multiplyExact(info.samples(), numbered.scalings().size())
                        : 0];
        if (numbers.length > 0) {
            bytes(files.targets()).asDoubleBuffer().get(numbers);
        }
        final float[] weights = new float[info.weighted() ? info.samples() : 0];
        bytes(files.weights()).asFloatBuffer().get(weights);
        final StoredTargets read = new StoredTargets(labels, numbers, weights);
        read.check(files.path(), info);
        return read;
    }

    /** A sum over all of them, which others do not have. */
    long sum() {
        final ByteBuffer bytes = ByteBuffer.allocate(Math.addExact(
                Integer.BYTES * (labels.length + weights.length), Math.multiplyExact(Double.BYTES, numbers.length)));
        for (final int label : labels) {
            bytes.putInt(label);
        }
        for (final double number : numbers) {
            bytes.putDouble(number);
        }
        for (final float weight : weights) {
            bytes.putFloat(weight);
        }
        final CRC32C sum = new CRC32C();
        sum.update(bytes.flip());
        return sum.getValue();
    }

    /**
     * The same samples with other labels.
     *
     * @param newLabels for each label until now
     */
    StoredTargets relabelled(final int[] newLabels) {
        return new StoredTargets(
                Arrays.stream(labels).map(label -> newLabels[label]).toArray(), numbers, weights);
    }

    /**
     * The same samples with some of their numbers.
     *
     * @param places of these numbers among all of a sample
     * @param columns numbers of a sample until now
     */
    StoredTargets rearranged(final int[] places, final int columns) {
        final int samples = numbers.length / columns;
        final double[] chosen = new double[samples * places.length];
        for (int sample = 0; sample < samples; sample++) {
            for (int i = 0; i < places.length; i++) {
                chosen[sample * places.length + i] = numbers[sample * columns + places[i]];
            }
        }
        return new StoredTargets(labels, chosen, weights);
    }

    private void check(final Path folder, final DatasetInfo info) {
        for (int sample = 0; sample < labels.length; sample++) {
            if (labels[sample] < 0 || labels[sample] >= info.classes()) {
                throw new InvalidInputException("The dataset in " + folder + " has " + info.classes()
                        + " classes, so labels go from 0 to " + (info.classes() - 1) + ", but sample " + sample
                        + " has the label " + labels[sample] + "; run the node that made it again.");
            }
        }
        for (final double number : numbers) {
            if (!Double.isFinite(number)) {
                throw damaged(folder, "finite numbers as targets", number);
            }
        }
        for (final float weight : weights) {
            if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
                throw damaged(folder, "weights of at least 0", weight);
            }
        }
    }

    private static InvalidInputException damaged(final Path folder, final String expected, final double found) {
        return new InvalidInputException("The dataset in " + folder + " should have " + expected + ", but one is "
                + found + "; run the node that made it again.");
    }

    private static ByteBuffer bytes(final Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
