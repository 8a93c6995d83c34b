package org.gradienttape.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

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

    /** All numbers, as labels. */
    int[] readLabels() throws IOException;
}
