package org.gradienttape.data.image;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradienttape.data.ElementType;
import org.gradienttape.picture.PictureTrait;

/** Counts what a person should hear about the pictures that were read. */
final class ImageRemarks {
    private record Seen(int count, String first) {}

    private final Map<PictureTrait, Seen> seen = new EnumMap<>(PictureTrait.class);

    /** One more picture. */
    void add(final String place, final Set<PictureTrait> traits) {
        for (final PictureTrait trait : traits) {
            seen.merge(trait, new Seen(1, place), (before, now) -> new Seen(before.count() + 1, before.first()));
        }
    }

    /**
     * One sentence for each kind of remark.
     *
     * @param stored how the numbers were stored
     */
    List<String> sentences(final ElementType stored) {
        final List<String> sentences = new ArrayList<>();
        seen.forEach((trait, pictures) -> sentences.add(start(pictures) + sentence(trait, stored)));
        return sentences;
    }

    private static String start(final Seen pictures) {
        return pictures.count() == 1
                ? "1 picture (" + pictures.first() + ") "
                : pictures.count() + " pictures (the first is " + pictures.first() + ") ";
    }

    private static String sentence(final PictureTrait trait, final ElementType stored) {
        return switch (trait) {
            case TURNED -> "should be turned by a note of the camera, but every picture is read as it is stored.";
            case FIRST_OF_SEVERAL -> "came from a file of several pictures, of which the first was read.";
            case LOSSY_WEBP ->
                "came from a WebP file that is compressed with losses; its colors may differ by some steps of"
                        + " 255 from those that other programs show.";
            case DEEP ->
                stored == ElementType.FLOAT32
                        ? "had 16 bits per number; all were divided by 257, so that they go from 0 to 255 with"
                                + " fractions."
                        : "had 16 bits per number and was rounded to 8, since the first picture of all has 8.";
        };
    }
}
