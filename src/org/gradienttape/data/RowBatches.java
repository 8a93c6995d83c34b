package org.gradienttape.data;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.gradienttape.column.Cells;
import org.gradienttape.column.Column;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.RowEncoder;

/**
 * The rows of a table that somebody else holds, encoded as they come. Each row keeps its place in the batch, also one that
 * cannot be encoded, so that it has no influence on how the others are computed.
 */
public final class RowBatches implements SampleBatches {
    private final DatasetInfo info;
    private final RowEncoder encoder;
    private final BooleanSupplier next;
    private final Cells cells;
    private final float[] features;
    private final Map<Integer, String> troubles = new HashMap<>();

    /**
     * Finds the columns.
     *
     * @param columns of the table
     * @param name of the table in a sentence, for example "table"
     * @param rows how many there are
     * @param next goes to the next row; false behind the last one
     * @param cells those of the row that next went to
     * @throws org.gradienttape.error.InvalidInputException if a column of the encoding is not there or of another kind
     */
    public RowBatches(
            final Encoding encoding,
            final List<Column> columns,
            final String name,
            final long rows,
            final BooleanSupplier next,
            final Cells cells) {
        this.info = DatasetInfo.ofRows(
                name,
                (int) Math.min(rows, Integer.MAX_VALUE),
                new TableColumns(List.of(), encoding),
                Target.NONE,
                false);
        this.encoder = new RowEncoder(encoding, columns, "the " + name);
        this.next = next;
        this.cells = cells;
        this.features = new float[encoding.width()];
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public int next(final ByteBuffer target, final int most) {
        troubles.clear();
        int row = 0;
        while (row < most && next.getAsBoolean()) {
            final boolean isEncoded = encoder.encode(cells, features, 0);
            if (!isEncoded) {
                troubles.put(row, encoder.trouble(cells).orElseThrow());
            }
            for (final float feature : features) {
                target.putFloat(isEncoded ? feature : 0);
            }
            row++;
        }
        return row;
    }

    @Override
    public Optional<String> doubt() {
        return encoder.doubt();
    }

    @Override
    public Optional<String> trouble(final int sample) {
        return Optional.ofNullable(troubles.get(sample));
    }
}
