package org.gradienttape.data;

import org.gradienttape.error.InvalidInputException;

/**
 * How a CSV file is written, in UTF-8.
 *
 * @param separator between cells
 * @param firstLine what it holds
 * @param labelColumn the name of the column with the classes, or its number from 1; blank for the column that is named
 *     label, class or target, or else the last one. All other columns are numbers.
 */
public record CsvFormat(char separator, FirstLine firstLine, String labelColumn) {
    /** What the first line of the file holds. */
    public enum FirstLine {
        /** Column names, unless it is a line of numbers. */
        AUTOMATIC,
        COLUMN_NAMES,
        A_SAMPLE
    }

    public CsvFormat {
        if (separator == '"' || separator == '\n' || separator == '\r') {
            throw new InvalidInputException(
                    "The separator of a CSV file must be no quote and no line break; choose a comma.");
        }
    }
}
