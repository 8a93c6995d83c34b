package org.gradienttape.data.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Samples that are rows of a table which somebody else holds: numbers or one image, and a label. Gone through twice, once
 * for the labels and once for the features.
 */
public interface SampleRows {
    /** For people, for example the name of a file. */
    String name();

    /** The names of the columns of numbers, in order; empty if each row holds one image. */
    List<String> columns();

    /** The name of the column of labels. */
    String labelName();

    /** What looks wrong, one sentence each. */
    default List<String> warnings() {
        return List.of();
    }

    /** Starts before the first row. */
    Cursor open() throws IOException;

    /** One row after the other. */
    interface Cursor extends Closeable {
        /** Goes to the next row; false behind the last one. */
        boolean next() throws IOException;

        /** Where the row is, for the start of a sentence. */
        String place();

        /** How much of the table is done, from 0 to 1. */
        double fraction() throws IOException;

        /** The class of the row; blank if there is none. */
        String label();

        /** One number of the row; NaN if the cell holds none. */
        double number(int column);

        /** What the cell of a number holds, for a sentence. */
        String text(int column);

        /** The bytes of the row's image, a file of any format that picture reads. */
        byte[] image();
    }
}
