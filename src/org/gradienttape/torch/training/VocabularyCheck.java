package org.gradienttape.torch.training;

import java.util.Locale;
import java.util.OptionalInt;
import org.gradienttape.data.Dataset;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Network;

/** Whether all numbers that a network's Embedding layers look up are there; looks at numbers, not at tensors. */
public final class VocabularyCheck {
    private final String data;
    private final OptionalInt size;

    /**
     * @param data its name, for example "the data MNIST"
     */
    public VocabularyCheck(final Network network, final String data) {
        this.data = data;
        this.size = MaskingLayer.ofSamples(network).stream()
                .mapToInt(MaskingLayer.Embedding::inputDim)
                .min();
    }

    /** Goes through all samples, if there is such a layer. */
    static void all(final Network network, final String name, final Dataset dataset) {
        final VocabularyCheck check = new VocabularyCheck(network, name + " " + dataset.name());
        for (int sample = 0; check.isNeeded() && sample < dataset.samples(); sample++) {
            check.sample(dataset.numbers(sample), sample);
        }
    }

    /** Whether there is such a layer. */
    public boolean isNeeded() {
        return size.isPresent();
    }

    /**
     * Checks one sample.
     *
     * @param place of the sample, from 0
     * @throws InvalidInputException if a number is not whole, or not in the vocabulary
     */
    public void sample(final float[] numbers, final long place) {
        for (final float number : numbers) {
            if (!(number >= 0 && number < size.getAsInt() && number == Math.rint(number))) {
                throw new InvalidInputException(String.format(
                        Locale.ROOT,
                        "Embedding takes whole numbers from 0 to %,d, but sample %,d of %s, counted from 0, has %s;"
                                + " choose a larger input dimension, or other data.",
                        size.getAsInt() - 1,
                        place,
                        data,
                        number == Math.rint(number)
                                ? String.format(Locale.ROOT, "%,.0f", number)
                                : String.valueOf(number)));
            }
        }
    }
}
