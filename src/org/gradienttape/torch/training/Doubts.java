package org.gradienttape.torch.training;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.PixelRange;
import org.gradienttape.data.Pixels;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Network;
import org.gradienttape.loss.Loss;

/** What looks wrong about a run but may be meant: each a sentence for the person at the dialog. Knows no tensors. */
public final class Doubts {
    private static final Set<Class<? extends Loss>> FROM_LOGITS = Set.of(
            Loss.SparseCategoricalCrossentropy.class,
            Loss.CategoricalCrossentropy.class,
            Loss.BinaryCrossentropy.class);

    /** What activations can reach, where that ends on both sides. */
    private static final Map<Activation, PixelRange> REACHED = Map.of(
            Activation.SIGMOID, PixelRange.ZERO_TO_ONE,
            Activation.SOFTMAX, PixelRange.ZERO_TO_ONE,
            Activation.TANH, PixelRange.MINUS_ONE_TO_ONE);

    private Doubts() {}

    /** A model that makes probabilities for a loss that makes them itself: it learns slowly, or nothing. */
    public static Optional<String> ofLoss(final Network network, final Loss loss) {
        return network.endsInProbabilities() && FROM_LOGITS.contains(loss.getClass())
                ? Optional.of("The loss takes logits, but the model ends in " + name(network.lastActivation())
                        + " and learns badly with it; leave that activation out, the loss computes its own.")
                : Optional.empty();
    }

    /**
     * Data that are not scaled as they were read.
     *
     * @param given the job as it comes
     * @param taken the same job in the terms of its model
     */
    public static Optional<String> ofScaling(final TrainingJob given, final TrainingJob taken) {
        final List<String> parts = Stream.of(
                        rescaled("training", Optional.of(given.training()), Optional.of(taken.training())),
                        rescaled("validation", given.validation(), taken.validation()))
                .flatMap(Optional::stream)
                .toList();
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(sentence(
                        String.join(" and the ", parts), taken.training().pixels()));
    }

    /** Rows that are encoded with other means or texts than those that they bring. */
    public static Optional<String> ofEncoding(final TrainingJob given, final TrainingJob taken) {
        final List<String> parts = Stream.of(
                        encodedAnew("training", Optional.of(given.training()), Optional.of(taken.training())),
                        encodedAnew("validation", given.validation(), taken.validation()))
                .flatMap(Optional::stream)
                .toList();
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "The model keeps the means and texts of the columns that it learned first, so those which the "
                                + String.join(" and the ", parts)
                                + " bring do not count; make all data together, with a"
                                + " validation table, if that is not meant.");
    }

    private static Optional<String> encodedAnew(
            final String part, final Optional<Dataset> given, final Optional<Dataset> taken) {
        return given.filter(
                        data -> !data.info().isEncodedLike(taken.orElseThrow().info()))
                .map(data -> part + " data " + data.name());
    }

    /** The same as {@link #ofScaling(TrainingJob, TrainingJob)} for training data alone. */
    public static Optional<String> ofScaling(final Dataset given, final Dataset taken) {
        return rescaled("training", Optional.of(given), Optional.of(taken)).map(part -> sentence(part, taken.pixels()));
    }

    /** A generator that cannot make pixels as the real ones are: its images stay black, or grey. */
    public static Optional<String> ofGenerator(final Network generator, final Pixels real) {
        final Activation last = generator.lastActivation();
        final PixelRange wanted = real.range();
        final boolean lacksNegatives = last == Activation.RELU && wanted == PixelRange.MINUS_ONE_TO_ONE;
        if (REACHED.getOrDefault(last, wanted) == wanted && !lacksNegatives) {
            return Optional.empty();
        }
        return Optional.of("The generator ends in " + name(last) + " and makes "
                + (lacksNegatives ? "no numbers below 0" : "numbers from " + REACHED.get(last))
                + ", but the pixels of the real images go from " + wanted
                + "; choose the pixel scaling when the data are read, or the last activation, so that both are alike.");
    }

    private static Optional<String> rescaled(
            final String part, final Optional<Dataset> given, final Optional<Dataset> taken) {
        return given.filter(data -> data.scaling() != taken.orElseThrow().scaling())
                .map(data -> part + " data " + data.name());
    }

    private static String sentence(final String parts, final Pixels known) {
        return "The model knows pixels from " + known.range() + ", so the " + parts
                + " are scaled to that and not as they were read; choose the same pixel scaling for all data.";
    }

    private static String name(final Activation activation) {
        return activation.name().toLowerCase(Locale.ROOT);
    }
}
