package org.gradienttape.nodes.prediction;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Target;
import org.gradienttape.nodes.table.Columns;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;

/** What is true of each sample of a dataset: its class, or its numbers in their own units; no column if nothing is known. */
public final class TrueColumns {
    private TrueColumns() {}

    /** The columns, with the names of the target. */
    static DataTableSpec spec(final Target target) {
        return spec(target, target instanceof Target.Classes classes ? classes.name() : Target.LABEL);
    }

    /**
     * The columns.
     *
     * @param classes the name of the column, if the target is classes
     */
    public static DataTableSpec spec(final Target target, final String classes) {
        final Columns columns = new Columns();
        if (target instanceof Target.Classes) {
            columns.text(classes);
        } else {
            target.columns().forEach(columns::number);
        }
        return columns.spec();
    }

    /**
     * The cells of one sample.
     *
     * @param classNames by label, if the target is classes
     */
    public static List<DataCell> cells(final Dataset data, final int sample, final List<String> classNames) {
        final Stream<DataCell> cells = data.hasClasses()
                ? Stream.of(new StringCell(classNames.get(data.label(sample))))
                : IntStream.range(0, data.target().columns().size())
                        .mapToObj(column -> new DoubleCell(data.number(sample, column)));
        return cells.toList();
    }
}
