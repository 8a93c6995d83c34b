package org.gradienttape.host.table;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;

/** Reads what {@link RowWriter} has written, strictly. */
final class RowReader {
    private final BlockInput blocks;
    private final DataInputStream in;
    private final DataTableSpec spec;
    private final List<SavedClass> classes;
    private final TableBlobs blobs;

    RowReader(
            final InputStream stream,
            final DataTableSpec spec,
            final List<SavedClass> classes,
            final TableBlobs blobs) {
        blocks = new BlockInput(stream);
        in = new DataInputStream(blocks);
        this.spec = spec;
        this.classes = List.copyOf(classes);
        this.blobs = blobs;
    }

    DataRow read() throws IOException {
        final RowKey key = new RowKey(LongText.read(in));
        blocks.endBlock();
        final DataCell[] cells = new DataCell[spec.getNumColumns()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = readCell();
            blocks.endBlock();
            final DataType expected = spec.getColumnSpec(i).getType();
            if (!expected.isASuperTypeOf(cells[i].getType())) {
                throw new IOException("expected a cell of type " + expected + " in column \""
                        + spec.getColumnSpec(i).getName() + "\" of row \"" + key + "\", found " + cells[i].getType());
            }
        }
        final int end = in.readUnsignedByte();
        if (end != RowWriter.ROW_END) {
            throw new IOException("expected the end of row \"" + key + "\", found the byte " + end);
        }
        return new DefaultRow(key, cells);
    }

    /** @throws IOException if there is more */
    void end() throws IOException {
        if (in.read() != -1) {
            throw new IOException("expected the end of the rows, found more");
        }
    }

    private DataCell readCell() throws IOException {
        final int mark = in.read();
        if (mark < 0) {
            throw new EOFException("expected a cell, found none");
        }
        if (mark == RowWriter.MISSING) {
            return DataType.getMissingCell();
        }
        final int number = mark - RowWriter.FIRST_CLASS;
        if (number < 0 || number >= classes.size()) {
            throw new IOException("expected one of " + classes.size() + " classes of cells, found number " + number);
        }
        final SavedClass cellClass = classes.get(number);
        return cellClass.apart()
                ? blobs.read(in, cellClass.format())
                : cellClass.format().read(in);
    }
}
