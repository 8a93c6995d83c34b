package org.gradienttape.data;

import java.util.List;
import java.util.Optional;

/**
 * Looks for numbers that are scaled as in a model's training but were stored in another range, such as bytes for a model that
 * learned from numbers of 0 to 1. Tables hold numbers beyond those of the training, too, so small differences say nothing.
 */
public final class RangeCheck {
    /** So many numbers do not lie in a part of their range by chance. */
    private static final long MANY = 100;

    /** Bytes that are not nearly black; features that were scaled from 0 to 1 do not go so far. */
    private static final double FAR = 10;

    private static final double FAR_BELOW_ZERO = -0.5;

    private RangeCheck() {}

    /**
     * One sentence if the numbers are not those that the model knows.
     *
     * @param known by the model
     * @param data as the model sees it
     */
    static Optional<String> doubt(final Pixels known, final Dataset data, final String name) {
        final Pixels found = data.pixels();
        if (found.scaling() != known.scaling()
                || found.stored() == known.stored()
                || !differs(known.stored(), found.stored(), data)) {
            return Optional.empty();
        }
        return Optional.of(
                "The model learned from numbers that were stored " + range(known.stored()) + ", but those of "
                        + name + " " + data.name() + " are stored " + range(found.stored())
                        + " and scaled alike; bring them to the range of the training.");
    }

    /**
     * Numbers that are in the range of scaled pixels already, and are to be scaled: one sentence.
     *
     * @param data as it was read
     */
    public static List<String> warnings(final Dataset data) {
        if (data.samples() == 0
                || data.scaling() == Scaling.AS_STORED
                || data.anyStored(number -> number < -1 || number > 1)) {
            return List.of();
        }
        return List.of("All numbers of " + data.name() + " are stored from -1 to 1, but divided by "
                + PlainNumber.of(data.scaling().divisor())
                + " when they reach the network; if they are scaled already, choose the pixel scaling As stored.");
    }

    private static boolean differs(final PixelRange known, final PixelRange found, final Dataset data) {
        if (found == PixelRange.ZERO_TO_255) {
            return data.anyStored(number -> Math.abs(number) > FAR);
        }
        if (known == PixelRange.ZERO_TO_ONE) {
            return data.anyStored(number -> number < FAR_BELOW_ZERO);
        }
        return (long) data.samples() * data.sampleShape().size() >= MANY;
    }

    private static String range(final PixelRange stored) {
        return (stored == PixelRange.ZERO_TO_255 ? "beyond -1 to 1, as pixels of " : "from ") + stored;
    }
}
