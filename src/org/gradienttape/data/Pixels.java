package org.gradienttape.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What became of the numbers of some data before a network saw them.
 *
 * @param scaling what happened to each stored number
 * @param stored the range of the stored numbers; 0 to 255 for bytes, and for all numbers that go beyond -1 to 1
 */
public record Pixels(Scaling scaling, PixelRange stored) {
    /** The range of the numbers that reach a network. */
    public PixelRange range() {
        return scaling == Scaling.AS_STORED ? stored : scaling.range();
    }

    /**
     * The scaling that gives a model numbers as it knows them; these are the pixels that it was trained on. Equal settings
     * are left alone. Numbers that are stored alike are scaled alike. Otherwise, for example for a model of bytes and numbers
     * from 0 to 1, any scaling will do that leads to the range which the model knows.
     *
     * @param data the pixels as they come
     * @return empty if no scaling does
     */
    Optional<Scaling> scalingOf(final Pixels data) {
        if (data.scaling == scaling || data.isWide() == isWide()) {
            return Optional.of(scaling);
        }
        return Stream.concat(Stream.of(data.scaling), Arrays.stream(Scaling.values()))
                .filter(candidate -> data.reaches(candidate, range()))
                .findFirst();
    }

    /** Numbers that go beyond -1 to 1, such as bytes; only these are there to be divided. */
    private boolean isWide() {
        return stored == PixelRange.ZERO_TO_255;
    }

    private boolean reaches(final Scaling candidate, final PixelRange wanted) {
        return candidate == Scaling.AS_STORED ? stored == wanted : isWide() && candidate.range() == wanted;
    }
}
