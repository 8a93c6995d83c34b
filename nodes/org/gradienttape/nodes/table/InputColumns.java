package org.gradienttape.nodes.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.error.InvalidInputException;
import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;
import org.knime.node.parameters.widget.choices.util.CompatibleColumnsProvider;

/** The columns of an input table that are chosen in a dialog. What does not fit is refused by its name. */
public final class InputColumns {
    private static final int SHOWN = 20;

    /** Offers the columns of the first input table that a network can learn from. */
    public static final class NumbersAndText extends CompatibleColumnsProvider {
        public NumbersAndText() {
            super(List.of(DoubleValue.class, StringValue.class));
        }
    }

    /** Offers its columns of numbers. */
    public static final class Numbers extends CompatibleColumnsProvider {
        public Numbers() {
            super(DoubleValue.class);
        }
    }

    /** Offers its columns of text. */
    public static final class Text extends CompatibleColumnsProvider {
        public Text() {
            super(StringValue.class);
        }
    }

    /**
     * What a filter chooses.
     *
     * @param columns at least one, in the order of the table
     * @param leftOut the names of columns that it chooses, too, but that hold neither numbers nor text
     */
    public record Chosen(List<Column> columns, List<String> leftOut) {
        /** One sentence about the columns that are left out, if there are any. */
        public Optional<String> doubt() {
            return leftOut.isEmpty()
                    ? Optional.empty()
                    : Optional.of((leftOut.size() == 1 ? "1 column was" : leftOut.size() + " columns were")
                            + " left out, since a network learns from numbers and text alone: "
                            + String.join(", ", leftOut) + ".");
        }
    }

    private InputColumns() {}

    /**
     * The columns to learn from.
     *
     * @param taken the names of columns that are no features, whatever is chosen: those of target and weight
     * @param table its name, in the middle of a sentence
     * @throws InvalidInputException if a column that is chosen by name is not there or is of another type, or none is left
     */
    public static Chosen features(
            final DataTableSpec spec, final ColumnFilter filter, final Collection<String> taken, final String table) {
        final List<DataColumnSpec> usable = new ArrayList<>();
        final List<DataColumnSpec> others = new ArrayList<>();
        for (final DataColumnSpec column : spec) {
            if (!taken.contains(column.getName())) {
                (InputTable.kind(column).isPresent() ? usable : others).add(column);
            }
        }
        for (final String missing : filter.getMissingSelected(usable)) {
            if (!taken.contains(missing)) {
                find(spec, missing, table);
            }
        }
        final Set<String> names = Set.of(filter.filter(usable));
        final List<Column> columns = InputTable.columns(spec).stream()
                .filter(column -> names.contains(column.name()))
                .toList();
        if (columns.isEmpty()) {
            throw new InvalidInputException("At least one column of " + table
                    + " was expected to learn from, but none of numbers or text is chosen beside those to be learned;"
                    + " choose one.");
        }
        return new Chosen(columns, List.of(filter.filter(others)));
    }

    /**
     * What a column holds.
     *
     * @param table its name, in the middle of a sentence
     * @throws InvalidInputException if it is not there, or holds neither numbers nor text
     */
    public static Kind find(final DataTableSpec spec, final String name, final String table) {
        final DataColumnSpec column = spec.getColumnSpec(name);
        if (column == null) {
            throw new InvalidInputException("The column \"" + name + "\" was expected in " + table
                    + ", but " + (spec.getNumColumns() == 0 ? "it has no columns" : "its columns are " + some(spec))
                    + "; choose the columns again.");
        }
        InputTable.check(spec, List.of(name), table);
        return InputTable.kind(column).orElseThrow();
    }

    /**
     * Whether a column holds classes where nobody says what it holds: it is of text, or of true and false.
     *
     * @param table its name, in the middle of a sentence
     * @throws InvalidInputException if it is not there, or holds neither numbers nor text
     */
    public static boolean holdsClasses(final DataTableSpec spec, final String name, final String table) {
        return find(spec, name, table) == Kind.TEXT
                || spec.getColumnSpec(name).getType().isCompatible(BooleanValue.class);
    }

    /**
     * Looks whether a column is there and holds what it should.
     *
     * @throws InvalidInputException if it does not
     */
    public static void check(final DataTableSpec spec, final Column wanted, final String table) {
        final Kind found = find(spec, wanted.name(), table);
        if (found != wanted.kind()) {
            throw new InvalidInputException("The column \"" + wanted.name() + "\" of " + table + " should hold "
                    + wanted.kind() + ", but it holds " + found + "; convert it, or choose another one.");
        }
    }

    /** What the domain of a column says it may hold; empty if it says nothing. */
    public static List<String> texts(final DataTableSpec spec, final String name) {
        final Set<DataCell> values = spec.getColumnSpec(name).getDomain().getValues();
        return values == null
                ? List.of()
                : values.stream().map(DataCell::toString).toList();
    }

    private static String some(final DataTableSpec spec) {
        final int columns = spec.getNumColumns();
        final String names =
                spec.stream().limit(SHOWN).map(DataColumnSpec::getName).collect(Collectors.joining(", "));
        return columns > SHOWN ? names + " and " + (columns - SHOWN) + " more" : names;
    }
}
