package org.gradienttape.host.table;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.knime.core.data.DataCell;
import org.knime.core.data.MissingCell;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageCell;
import org.knime.core.data.image.png.PNGImageContent;

/** How the cells of one class are written. */
enum CellFormat {
    INT(IntCell.class) {
        @Override
        void write(final DataCell cell, final DataOutputStream out) throws IOException {
            out.writeInt(((IntCell) cell).getIntValue());
        }

        @Override
        DataCell read(final DataInputStream in) throws IOException {
            return new IntCell(in.readInt());
        }
    },
    LONG(LongCell.class) {
        @Override
        void write(final DataCell cell, final DataOutputStream out) throws IOException {
            out.writeLong(((LongCell) cell).getLongValue());
        }

        @Override
        DataCell read(final DataInputStream in) throws IOException {
            return new LongCell(in.readLong());
        }
    },
    DOUBLE(DoubleCell.class) {
        @Override
        void write(final DataCell cell, final DataOutputStream out) throws IOException {
            out.writeDouble(((DoubleCell) cell).getDoubleValue());
        }

        @Override
        DataCell read(final DataInputStream in) throws IOException {
            return new DoubleCell(in.readDouble());
        }
    },
    STRING(StringCell.class) {
        @Override
        void write(final DataCell cell, final DataOutputStream out) throws IOException {
            LongText.write(((StringCell) cell).getStringValue(), out);
        }

        @Override
        DataCell read(final DataInputStream in) throws IOException {
            return new StringCell(LongText.read(in));
        }
    },
    BOOLEAN(BooleanCell.class) {
        @Override
        void write(final DataCell cell, final DataOutputStream out) throws IOException {
            out.writeBoolean(((BooleanCell) cell).getBooleanValue());
        }

        @Override
        DataCell read(final DataInputStream in) throws IOException {
            return BooleanCell.get(in.readBoolean());
        }
    },
    /** A missing cell that says why; one that does not is a mark of its own. */
    MISSING(MissingCell.class) {
        @Override
        void write(final DataCell cell, final DataOutputStream out) throws IOException {
            final String error = ((MissingCell) cell).getError();
            out.writeBoolean(error != null);
            if (error != null) {
                LongText.write(error, out);
            }
        }

        @Override
        DataCell read(final DataInputStream in) throws IOException {
            return new MissingCell(in.readBoolean() ? LongText.read(in) : null);
        }
    },
    PNG(PNGImageCell.class) {
        @Override
        void write(final DataCell cell, final DataOutputStream out) throws IOException {
            final byte[] bytes = ((PNGImageCell) cell).getImageContent().getByteArrayReference();
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        @Override
        DataCell read(final DataInputStream in) throws IOException {
            final int length = in.readInt();
            if (length < 0) {
                throw new IOException("expected the length of an image, found " + length);
            }
            final byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("expected an image of " + length + " bytes, found " + bytes.length);
            }
            try {
                return new PNGImageContent(bytes).toImageCell();
            } catch (final IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    };

    private final Class<? extends DataCell> cellClass;

    CellFormat(final Class<? extends DataCell> cellClass) {
        this.cellClass = cellClass;
    }

    abstract void write(DataCell cell, DataOutputStream out) throws IOException;

    abstract DataCell read(DataInputStream in) throws IOException;

    String className() {
        return cellClass.getName();
    }

    static CellFormat of(final DataCell cell) throws IOException {
        for (final CellFormat format : values()) {
            if (format.cellClass.isInstance(cell)) {
                return format;
            }
        }
        throw new IOException("Expected a missing, boolean, number, string or PNG image cell, found a "
                + cell.getClass().getSimpleName() + ".");
    }

    static CellFormat of(final String className) throws IOException {
        for (final CellFormat format : values()) {
            if (format.className().equals(className)) {
                return format;
            }
        }
        throw new IOException(
                "expected missing, boolean, number, string or PNG image cells, found the class \"" + className + "\"");
    }
}
