package org.gradienttape.nodes.table;

import java.nio.file.Path;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/** Where a file was written: Path, Status. */
public final class WrittenFileTable {
    /** What happened to the file. */
    public enum Status {
        CREATED("Created"),
        OVERWRITTEN("Overwritten");

        private final String text;

        Status(final String text) {
            this.text = text;
        }
    }

    private WrittenFileTable() {}

    public static DataTableSpec spec() {
        return new Columns().text("Path").text("Status").spec();
    }

    public static BufferedDataTable write(final Path file, final Status status, final ExecutionContext exec) {
        final Rows rows = new Rows(spec(), exec);
        rows.text(file.toString()).text(status.text).endRow();
        return rows.close();
    }
}
