package org.gradienttape.nodes.table;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.image.ImageFiles.Announced;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;

/** A table with a PNG image in each row. */
public final class ImageTable {
    private final BufferedDataTable table;
    private final int column;

    /** @throws InvalidInputException as {@link #imageColumn} */
    public ImageTable(final BufferedDataTable table, final String column) {
        this.table = table;
        final DataTableSpec spec = table.getDataTableSpec();
        this.column = spec.findColumnIndex(imageColumn(spec, column));
    }

    /**
     * The name of the column with the images.
     *
     * @param chosen its name; blank for the first column of images
     * @throws InvalidInputException if there is no such column, or it holds something else
     */
    public static String imageColumn(final DataTableSpec spec, final String chosen) {
        if (chosen.isBlank()) {
            return spec.stream()
                    .filter(ImageTable::holdsImages)
                    .findFirst()
                    .map(DataColumnSpec::getName)
                    .orElseThrow(() -> new InvalidInputException("The table needs a column of PNG images, but its"
                            + " columns are " + List.of(spec.getColumnNames()) + "; connect another table."));
        }
        final DataColumnSpec column = spec.getColumnSpec(chosen);
        if (column == null || !holdsImages(column)) {
            throw new InvalidInputException("The image column \"" + chosen + "\" must hold PNG images, but "
                    + (column == null ? "the table has no such column" : "it holds " + column.getType())
                    + "; choose another one.");
        }
        return chosen;
    }

    /**
     * What the images will be, row by row.
     *
     * @param naming gives the wanted name of a row's file
     * @param goOn asked before each image with its number from 0
     * @return empty if it is not to go on
     * @throws InvalidInputException if a row has no image; names the row
     */
    public Optional<List<Announced>> announce(final Function<DataRow, String> naming, final IntPredicate goOn) {
        final List<Announced> images = new ArrayList<>();
        try (CloseableRowIterator rows = table.iterator()) {
            while (rows.hasNext()) {
                if (!goOn.test(images.size())) {
                    return Optional.empty();
                }
                final DataRow row = rows.next();
                final PNGImageContent image = image(row);
                images.add(new Announced(
                        name(row), naming.apply(row), image.getPreferredSize().width, image.getPreferredSize().height));
            }
        }
        return Optional.of(images);
    }

    /** The PNG files, row by row. */
    public Iterator<byte[]> pngs(final CloseableRowIterator rows) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public byte[] next() {
                return image(rows.next()).getByteArray();
            }
        };
    }

    public CloseableRowIterator rows() {
        return table.iterator();
    }

    /** How a sentence names a row. */
    static String name(final DataRow row) {
        return "Row \"" + row.getKey().getString() + "\"";
    }

    private PNGImageContent image(final DataRow row) {
        final DataCell cell = row.getCell(column);
        if (cell instanceof PNGImageValue image) {
            return image.getImageContent();
        }
        throw new InvalidInputException(name(row) + " has no image; nothing was written, filter such rows out before.");
    }

    private static boolean holdsImages(final DataColumnSpec column) {
        return column.getType().isCompatible(PNGImageValue.class);
    }
}
