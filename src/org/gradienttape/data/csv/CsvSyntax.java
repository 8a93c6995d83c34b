package org.gradienttape.data.csv;

import org.gradienttape.error.InvalidInputException;

/**
 * How a CSV file is written, in UTF-8.
 *
 * @param separator between cells
 * @param quote around cells that hold a separator or a line break, {@link #NO_QUOTE} for none
 * @param decimalMark in numbers
 * @param firstLine what it holds
 */
public record CsvSyntax(char separator, char quote, DecimalMark decimalMark, FirstLine firstLine) {
    /** For files that quote nothing. */
    public static final char NO_QUOTE = '\0';

    /** What stands before the fraction of a number. */
    public enum DecimalMark {
        POINT('.'),
        COMMA(',');

        private final char character;

        DecimalMark(final char character) {
            this.character = character;
        }

        char character() {
            return character;
        }
    }

    /** What the first line of the file holds. */
    public enum FirstLine {
        /** Column names, unless it looks like a row. */
        AUTOMATIC,
        COLUMN_NAMES,
        A_SAMPLE
    }

    public CsvSyntax {
        if (separator == quote || isLineBreak(separator) || isLineBreak(quote)) {
            throw new InvalidInputException(
                    "The separator and the quote of a CSV file must differ and be no line break;"
                            + " choose others, for example a comma and \".");
        }
        if (separator == decimalMark.character()) {
            throw new InvalidInputException(
                    "The separator of a CSV file must not be the decimal mark of its numbers, but" + " both are "
                            + separator + "; choose another one, for example a semicolon.");
        }
    }

    /** With the quote and the decimal mark of RFC 4180 and of English. */
    public CsvSyntax(final char separator, final FirstLine firstLine) {
        this(separator, '"', DecimalMark.POINT, firstLine);
    }

    private static boolean isLineBreak(final char character) {
        return character == '\n' || character == '\r';
    }
}
