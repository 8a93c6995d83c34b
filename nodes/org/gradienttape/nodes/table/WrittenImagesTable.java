package org.gradienttape.nodes.table;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.gradienttape.file.PlannedFile;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/** The table of the images, with Path and Status of each file at the end. */
public final class WrittenImagesTable {
    private WrittenImagesTable() {}

    /** A column that is there already is left alone: the new one is then Path (#1). */
    public static DataTableSpec spec(final DataTableSpec images) {
        return new DataTableSpecCreator(images)
                .addColumns(column("Path", images), column("Status", images))
                .createSpec();
    }

    /** @param files one for each row */
    public static BufferedDataTable write(
            final BufferedDataTable images, final List<PlannedFile> files, final ExecutionContext exec) {
        final BufferedDataContainer container = exec.createDataContainer(spec(images.getDataTableSpec()));
        final Iterator<PlannedFile> next = files.iterator();
        try (CloseableRowIterator rows = images.iterator()) {
            while (rows.hasNext()) {
                container.addRowToTable(longer(rows.next(), next.next()));
            }
        }
        container.close();
        return container.getTable();
    }

    private static DataRow longer(final DataRow row, final PlannedFile file) {
        final List<DataCell> cells = new ArrayList<>(row.stream().toList());
        cells.add(new StringCell(file.path().toString()));
        cells.add(new StringCell(
                switch (file.status()) {
                    case CREATED -> "Created";
                    case OVERWRITTEN -> "Overwritten";
                    case SKIPPED -> "Skipped";
                }));
        return new DefaultRow(row.getKey(), cells);
    }

    private static DataColumnSpec column(final String name, final DataTableSpec images) {
        return new DataColumnSpecCreator(DataTableSpec.getUniqueColumnName(images, name), StringCell.TYPE).createSpec();
    }
}
