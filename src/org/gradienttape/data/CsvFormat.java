package org.gradienttape.data;

import org.gradienttape.data.CsvSyntax.FirstLine;

/**
 * What a CSV file of numbers and one column of classes looks like.
 *
 * @param syntax how it is written
 * @param labelColumn the name of the column with the classes, or its number from 1; blank for the column that is named
 *     label, class or target, or else the last one. All other columns are numbers.
 */
public record CsvFormat(CsvSyntax syntax, String labelColumn) {
    /** With quotes and decimal points. */
    public CsvFormat(final char separator, final FirstLine firstLine, final String labelColumn) {
        this(new CsvSyntax(separator, firstLine), labelColumn);
    }
}
