package org.gradienttape.data.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.column.OrderReader;
import org.gradienttape.column.OrderTime;
import org.gradienttape.error.MemoryNeed;

/** Of each row of a table that windows go over: when it was, and of which group it is. On the Java heap. */
final class WindowRows {
    private final OrderReader order;
    private final Map<String, Integer> groupNumbers = new HashMap<>();
    private final List<String> groupNames = new ArrayList<>();
    private final BitSet complete = new BitSet();
    private final BitSet targeted = new BitSet();
    private long[] keys = new long[1 << 10];
    private int[] offsets = new int[1 << 10];
    private int[] groups = new int[1 << 10];
    private int rows;

    /** @param order that read the rows */
    WindowRows(final OrderReader order) {
        this.order = order;
    }

    /**
     * Takes the next row.
     *
     * @param isComplete whether a window may go over it
     * @param hasTarget whether it may be predicted
     */
    void add(final String group, final boolean isComplete, final boolean hasTarget) {
        if (rows == keys.length) {
            final int length = MemoryNeed.grown(rows, rows + 1L, "The rows that windows go over");
            keys = Arrays.copyOf(keys, length);
            offsets = Arrays.copyOf(offsets, length);
            groups = Arrays.copyOf(groups, length);
        }
        keys[rows] = order.key();
        offsets[rows] = order.time().offset();
        groups[rows] = groupNumbers.computeIfAbsent(group, name -> {
            groupNames.add(name);
            return groupNumbers.size();
        });
        complete.set(rows, isComplete);
        targeted.set(rows, hasTarget);
        rows++;
    }

    OrderReader order() {
        return order;
    }

    int rows() {
        return rows;
    }

    long key(final int row) {
        return keys[row];
    }

    OrderTime time(final int row) {
        return new OrderTime(keys[row], offsets[row]);
    }

    int group(final int row) {
        return groups[row];
    }

    int groups() {
        return groupNames.size();
    }

    String groupName(final int group) {
        return groupNames.get(group);
    }

    boolean isComplete(final int row) {
        return complete.get(row);
    }

    boolean hasTarget(final int row) {
        return targeted.get(row);
    }
}
