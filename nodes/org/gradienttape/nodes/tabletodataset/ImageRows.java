package org.gradienttape.nodes.tabletodataset;

import java.util.List;
import org.gradienttape.data.source.SampleRows;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.table.RowWalk;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;

/** The rows of a table as images with a class each. */
final class ImageRows implements SampleRows {
    private final BufferedDataTable table;
    private final String name;
    private final ImageColumns columns;
    private final int label;
    private final int[] features;

    /**
     * @param name of the table, for people
     * @param columns that are there
     */
    ImageRows(final BufferedDataTable table, final String name, final ImageColumns columns) {
        final DataTableSpec spec = table.getDataTableSpec();
        this.table = table;
        this.name = name;
        this.columns = columns;
        this.label = spec.findColumnIndex(columns.label());
        this.features =
                columns.features().stream().mapToInt(spec::findColumnIndex).toArray();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String labelName() {
        return columns.label();
    }

    @Override
    public List<String> columns() {
        return columns.numbers();
    }

    @Override
    public Cursor open() {
        return new ImageCursor();
    }

    private final class ImageCursor extends RowWalk implements Cursor {
        ImageCursor() {
            super(table);
        }

        @Override
        public String label() {
            final DataCell cell = cell(label);
            return cell.isMissing() ? "" : cell.toString().strip();
        }

        @Override
        public double number(final int column) {
            return cell(features[column]) instanceof DoubleValue value ? value.getDoubleValue() : Double.NaN;
        }

        @Override
        public String text(final int column) {
            return cell(features[column]).toString();
        }

        @Override
        public byte[] image() {
            if (cell(features[0]) instanceof PNGImageValue image) {
                return image.getImageContent().getByteArray();
            }
            throw new InvalidInputException(
                    place() + " should have an image, but the cell is missing; filter such rows out before.");
        }
    }
}
