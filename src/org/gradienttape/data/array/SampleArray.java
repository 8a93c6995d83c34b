package org.gradienttape.data.array;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.source.ClassLabels;
import org.gradienttape.data.source.SampleStream;

/** An array of numbers in a file whose first dimension counts samples: their features, or their labels. */
interface SampleArray extends SampleStream, Closeable {
    /** Where it is, for a sentence: the file, or the array and its file. */
    String place();

    /** The first dimension. */
    int samples();

    /** The other dimensions; empty for labels. */
    List<Integer> sampleDimensions();

    /** How the stream gives the numbers. */
    ElementType elementType();

    /** Whether the elements are texts, which can be labels alone. */
    default boolean holdsTexts() {
        return false;
    }

    /** All numbers, as labels. */
    int[] readLabels() throws IOException;

    /** All texts, as labels. */
    default void readLabels(final ClassLabels labels) throws IOException {
        throw new IllegalStateException(place() + " holds no texts");
    }

    /**
     * Checks, behind the last sample that was read, what can only be judged then.
     *
     * @throws org.gradienttape.error.InvalidInputException if samples hold no numbers
     */
    default void checkNumbers() {}

    /** What looked wrong while the samples were read, one sentence each. */
    default List<String> warnings() {
        return List.of();
    }
}
