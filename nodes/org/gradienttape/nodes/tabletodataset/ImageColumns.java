package org.gradienttape.nodes.tabletodataset;

import java.util.List;
import java.util.Optional;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.nodes.table.ImageTable;
import org.gradienttape.nodes.table.InputColumns;
import org.knime.core.data.DataTableSpec;

/**
 * The columns of rows that are images.
 *
 * @param label the column with the classes
 * @param image the column with the images; empty if the pixels are numbers
 * @param numbers the columns with the pixels otherwise
 */
record ImageColumns(String label, Optional<String> image, List<String> numbers) {
    /** The columns that make up a sample. */
    List<String> features() {
        return image.map(List::of).orElse(numbers);
    }

    /**
     * Looks whether a table has them.
     *
     * @param table its name, in the middle of a sentence
     * @throws org.gradienttape.error.InvalidInputException if one is not there, or holds something else
     */
    void check(final DataTableSpec spec, final String table) {
        InputColumns.find(spec, label, table);
        image.ifPresent(name -> ImageTable.imageColumn(spec, name));
        numbers.forEach(name -> InputColumns.check(spec, new Column(name, Kind.NUMBER), table));
    }
}
