package org.gradienttape.nodes.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.gradienttape.nodes.table.LogColumns;
import org.gradienttape.nodes.view.CurvesData.Image;
import org.gradienttape.nodes.view.CurvesData.Picture;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.IntValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;

/** Reads the table of generated images for the page of curves. */
public final class GeneratedImages {
    /** The page shows at most so many steps, the first and the last among them. */
    private static final long MOST = 200;

    private GeneratedImages() {}

    /** The images of all steps or, if they are too many, of steps that are evenly apart. */
    public static List<Image> of(final BufferedDataTable table) {
        final List<Image> images = new ArrayList<>();
        final long rows = table.size();
        final long shown = Math.min(rows, MOST);
        long row = 0;
        try (CloseableRowIterator iterator = table.iterator()) {
            while (iterator.hasNext()) {
                final DataRow cells = iterator.next();
                if (row == Math.round(images.size() * (rows - 1.0) / Math.max(1, shown - 1))) {
                    images.add(image(table.getDataTableSpec(), cells));
                }
                row++;
            }
        }
        return images;
    }

    private static Image image(final DataTableSpec spec, final DataRow row) {
        return new Image(
                ((IntValue) row.getCell(spec.findColumnIndex(LogColumns.EPOCH))).getIntValue(),
                ((IntValue) row.getCell(spec.findColumnIndex(LogColumns.STEP))).getIntValue(),
                IntStream.range(0, spec.getNumColumns())
                        .filter(column -> row.getCell(column) instanceof PNGImageValue)
                        .mapToObj(column -> picture(spec.getColumnSpec(column), row, column))
                        .toList());
    }

    private static Picture picture(final DataColumnSpec spec, final DataRow row, final int column) {
        final PNGImageValue image = (PNGImageValue) row.getCell(column);
        final String noise = spec.getName().equals("Image") ? "Running noise" : spec.getName();
        return new Picture(noise, image.getImageContent().getByteArray());
    }
}
