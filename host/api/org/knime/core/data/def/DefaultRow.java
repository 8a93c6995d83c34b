package org.knime.core.data.def;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.RowKey;

/** A row whose cells lie in memory. */
public class DefaultRow implements DataRow {
    private final RowKey key;
    private final List<DataCell> cells;

    public DefaultRow(final RowKey key, final DataCell... cells) {
        this(key, Arrays.asList(cells));
    }

    public DefaultRow(final String key, final DataCell... cells) {
        this(new RowKey(key), cells);
    }

    public DefaultRow(final RowKey key, final List<DataCell> cells) {
        this.key = Objects.requireNonNull(key, "a row needs a key");
        this.cells = List.copyOf(cells);
    }

    public DefaultRow(final String key, final List<DataCell> cells) {
        this(new RowKey(key), cells);
    }

    /** The cells of another row under a new key. */
    public DefaultRow(final RowKey key, final DataRow row) {
        this(key, row.stream().toList());
    }

    public DefaultRow(final String key, final DataRow row) {
        this(new RowKey(key), row);
    }

    public DefaultRow(final RowKey key, final double... values) {
        this(key, Arrays.stream(values).mapToObj(DoubleCell::new).toArray(DataCell[]::new));
    }

    public DefaultRow(final String key, final double... values) {
        this(new RowKey(key), values);
    }

    public DefaultRow(final RowKey key, final int... values) {
        this(key, Arrays.stream(values).mapToObj(IntCell::new).toArray(DataCell[]::new));
    }

    public DefaultRow(final String key, final int... values) {
        this(new RowKey(key), values);
    }

    public DefaultRow(final RowKey key, final String... values) {
        this(key, Arrays.stream(values).map(StringCell::new).toArray(DataCell[]::new));
    }

    public DefaultRow(final String key, final String... values) {
        this(new RowKey(key), values);
    }

    @Override
    public final int getNumCells() {
        return cells.size();
    }

    @Override
    public final RowKey getKey() {
        return key;
    }

    @Override
    public final DataCell getCell(final int index) {
        return cells.get(index);
    }

    @Override
    public Iterator<DataCell> iterator() {
        return cells.iterator();
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof DataRow row
                && key.equals(row.getKey())
                && cells.equals(row.stream().toList());
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return key + ": " + cells;
    }
}
