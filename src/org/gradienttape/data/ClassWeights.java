package org.gradienttape.data;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.gradienttape.error.InvalidInputException;

/** How much the classes count while a model learns. */
public sealed interface ClassWeights {
    ClassWeights NONE = new None();

    /**
     * The weight of each class, by label.
     *
     * @param training the samples to learn from, with a class each
     * @throws InvalidInputException if a class is not there that a weight is given for
     */
    float[] of(Dataset training);

    /** All alike. */
    record None() implements ClassWeights {
        @Override
        public float[] of(final Dataset training) {
            final float[] weights = new float[training.classes()];
            Arrays.fill(weights, 1);
            return weights;
        }
    }

    /**
     * Rare classes count more, so that all classes together count alike: samples / (classes that occur * samples of the class),
     * as scikit-learn's class_weight "balanced".
     */
    record Balanced() implements ClassWeights {
        @Override
        public float[] of(final Dataset training) {
            final int[] samples = training.samplesPerClass();
            final long occurring =
                    Arrays.stream(samples).filter(count -> count > 0).count();
            final float[] weights = new float[samples.length];
            for (int label = 0; label < samples.length; label++) {
                weights[label] =
                        samples[label] == 0 ? 1 : (float) ((double) training.samples() / (occurring * samples[label]));
            }
            return weights;
        }
    }

    /**
     * As somebody says.
     *
     * @param byName at least 0 for each class, at least one above 0; those that are not named count 1
     */
    record Given(Map<String, Double> byName) implements ClassWeights {
        public Given {
            byName = new TreeMap<>(byName);
            byName.forEach((name, weight) -> {
                if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
                    throw new InvalidInputException("The weight of a class must be a number of at least 0, but that of "
                            + name + " is " + weight + ".");
                }
            });
        }

        @Override
        public float[] of(final Dataset training) {
            final float[] weights = NONE.of(training);
            final ClassNames classes = new ClassNames(training.classNames());
            byName.forEach((name, weight) -> weights[
                            classes.find(name)
                                    .orElseThrow(
                                            () -> new InvalidInputException("A weight is given for the class " + name
                                                    + ", but the classes of the training data " + training.name()
                                                    + " are " + classes
                                                    + "; correct its name or take it out."))] =
                    weight.floatValue());
            return weights;
        }
    }
}
