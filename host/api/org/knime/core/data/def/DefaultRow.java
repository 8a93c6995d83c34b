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

    public DefaultRow(RowKey key, DataCell... cells) {
        this(key, Arrays.asList(cells));
    }

    public DefaultRow(String key, DataCell... cells) {
        this(new RowKey(key), cells);
    }

    public DefaultRow(RowKey key, List<DataCell> cells) {
        this.key = Objects.requireNonNull(key, "a row needs a key");
        this.cells = List.copyOf(cells);
    }

    public DefaultRow(String key, List<DataCell> cells) {
        this(new RowKey(key), cells);
    }

    /** The cells of another row under a new key. */
    public DefaultRow(RowKey key, DataRow row) {
        this(key, row.stream().toList());
    }

    public DefaultRow(String key, DataRow row) {
        this(new RowKey(key), row);
    }

    public DefaultRow(RowKey key, double... values) {
        this(key, Arrays.stream(values).mapToObj(DoubleCell::new).toArray(DataCell[]::new));
    }

    public DefaultRow(String key, double... values) {
        this(new RowKey(key), values);
    }

    public DefaultRow(RowKey key, int... values) {
        this(key, Arrays.stream(values).mapToObj(IntCell::new).toArray(DataCell[]::new));
    }

    public DefaultRow(String key, int... values) {
        this(new RowKey(key), values);
    }

    public DefaultRow(RowKey key, String... values) {
        this(key, Arrays.stream(values).map(StringCell::new).toArray(DataCell[]::new));
    }

    public DefaultRow(String key, String... values) {
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
    public final DataCell getCell(int index) {
        return cells.get(index);
    }

    @Override
    public Iterator<DataCell> iterator() {
        return cells.iterator();
    }

    @Override
    public boolean equals(Object other) {
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
