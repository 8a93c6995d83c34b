package org.gradienttape.nodes.table;

import java.util.List;
import java.util.Optional;
import org.gradienttape.data.SampleRows;
import org.gradienttape.error.InvalidInputException;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;

/** The rows of a table as labelled samples: columns of numbers, or one column of images. */
public final class TableRows implements SampleRows {
    private static final String NAME = "Input table";

    /**
     * Which columns hold what; checked by {@link #checked}.
     *
     * @param label the column with the classes
     * @param image the column with images, if the samples are images; blank for the first one
     * @param numbers the columns of numbers otherwise; empty for all columns of numbers but the label
     */
    public record Choice(String label, Optional<String> image, List<String> numbers) {
        /**
         * The same choice with every column named.
         *
         * @throws InvalidInputException if a column is not there or holds something else
         */
        public Choice checked(final DataTableSpec spec) {
            checkLabel(spec);
            if (image.isPresent()) {
                return new Choice(label, Optional.of(ImageTable.imageColumn(spec, image.get())), List.of());
            }
            if (!numbers.isEmpty()) {
                return new Choice(label, image, LogColumns.chosen(spec, numbers));
            }
            final List<String> all = spec.stream()
                    .filter(column -> column.getType().isCompatible(DoubleValue.class))
                    .map(DataColumnSpec::getName)
                    .filter(name -> !name.equals(label))
                    .toList();
            if (all.isEmpty()) {
                throw new InvalidInputException(
                        "The table needs at least one column of numbers beside the label, but its columns are "
                                + List.of(spec.getColumnNames()) + "; connect another table or choose images.");
            }
            return new Choice(label, image, all);
        }

        private void checkLabel(final DataTableSpec spec) {
            if (label.isBlank()) {
                throw new InvalidInputException(
                        "No column is chosen for the labels of the table; choose the one with the classes.");
            }
            if (!spec.containsName(label)) {
                throw new InvalidInputException("The label column \"" + label + "\" was expected in the table, but its"
                        + " columns are " + List.of(spec.getColumnNames()) + "; choose one of them.");
            }
        }
    }

    private final BufferedDataTable table;
    private final Choice choice;
    private final int label;
    private final int[] features;

    /** @throws InvalidInputException if a column is not there or holds something else */
    public TableRows(final BufferedDataTable table, final Choice choice) {
        final DataTableSpec spec = table.getDataTableSpec();
        this.table = table;
        this.choice = choice.checked(spec);
        this.label = spec.findColumnIndex(choice.label());
        this.features = this.choice.image().map(List::of).orElse(this.choice.numbers()).stream()
                .mapToInt(spec::findColumnIndex)
                .toArray();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String labelName() {
        return choice.label();
    }

    @Override
    public List<String> columns() {
        return choice.numbers();
    }

    @Override
    public Cursor open() {
        return new TableCursor(table.iterator());
    }

    private final class TableCursor implements Cursor {
        private final CloseableRowIterator rows;
        private DataRow row;
        private long taken;

        TableCursor(final CloseableRowIterator rows) {
            this.rows = rows;
        }

        @Override
        public boolean next() {
            final boolean more = rows.hasNext();
            if (more) {
                row = rows.next();
                taken++;
            }
            return more;
        }

        @Override
        public String place() {
            return ImageTable.name(row);
        }

        @Override
        public double fraction() {
            return Math.min(1, (double) taken / Math.max(1, table.size()));
        }

        @Override
        public String label() {
            final DataCell cell = row.getCell(label);
            return cell.isMissing() ? "" : cell.toString().strip();
        }

        @Override
        public double number(final int column) {
            return row.getCell(features[column]) instanceof DoubleValue value ? value.getDoubleValue() : Double.NaN;
        }

        @Override
        public String text(final int column) {
            return row.getCell(features[column]).toString();
        }

        @Override
        public byte[] image() {
            if (row.getCell(features[0]) instanceof PNGImageValue image) {
                return image.getImageContent().getByteArray();
            }
            throw new InvalidInputException(
                    place() + " should have an image, but the cell is missing; filter such rows out before.");
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
