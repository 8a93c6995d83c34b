package org.gradienttape.host.table;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.MissingCell;

/**
 * Writes rows: the key as a block, each cell as a block, then a row mark. A cell starts with the mark for missing, or
 * with the number of its class in the order of first appearance.
 */
final class RowWriter {
    static final int MISSING = 0x80;
    static final int FIRST_CLASS = 0x82;
    static final int ROW_END = 0x83;

    private final BlockOutput blocks;
    private final DataOutputStream out;
    private final List<CellFormat> formats = new ArrayList<>();

    RowWriter(final OutputStream stream) {
        blocks = new BlockOutput(stream);
        out = new DataOutputStream(blocks);
    }

    void write(final DataRow row) throws IOException {
        LongText.write(row.getKey().getString(), out);
        blocks.endBlock();
        for (final DataCell cell : row) {
            write(cell);
            blocks.endBlock();
        }
        out.write(ROW_END);
    }

    private void write(final DataCell cell) throws IOException {
        if (cell instanceof MissingCell missing && missing.getError() == null) {
            out.write(MISSING);
            return;
        }
        final CellFormat format = CellFormat.of(cell);
        if (!formats.contains(format)) {
            formats.add(format);
        }
        out.write(FIRST_CLASS + formats.indexOf(format));
        format.write(cell, out);
    }

    /** The classes of the cells written so far, in the order of their numbers. */
    List<CellFormat> formats() {
        return List.copyOf(formats);
    }
}
