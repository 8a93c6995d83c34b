package org.knime.node.parameters.widget.choices.filter;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.node.parameters.persistence.Persistable;

/** A choice of columns: one by one, by a pattern of their names, or by their types. */
public final class ColumnFilter implements Persistable {

    /** What chooses; stored by name. */
    enum Mode {
        MANUAL,
        REGEX,
        WILDCARD,
        TYPE
    }

    Mode m_mode = Mode.MANUAL;
    NamePattern m_patternFilter = new NamePattern();
    NameLists m_manualFilter = new NameLists();
    TypeNames m_typeFilter = new TypeNames();

    /** Chooses no column. */
    public ColumnFilter() {}

    public ColumnFilter(final String[] initialSelected) {
        m_manualFilter.m_manuallySelected = initialSelected.clone();
    }

    public ColumnFilter(final List<DataColumnSpec> selectedColumns) {
        this(names(selectedColumns.stream()));
    }

    /** The same filter: a column that is in neither of its lists is chosen. */
    public ColumnFilter withIncludeUnknownColumns() {
        m_manualFilter.m_includeUnknownColumns = true;
        return this;
    }

    /** The same filter: a column that is in neither of its lists is not chosen. */
    public ColumnFilter withExcludeUnknownColumns() {
        m_manualFilter.m_includeUnknownColumns = false;
        return this;
    }

    /** The names of the columns that are chosen, in the order of the columns. */
    public String[] filter(final List<DataColumnSpec> choices) {
        return names(choices.stream().filter(chosen()));
    }

    /** The names of the columns of a table that are chosen, in their order there. */
    public String[] filterFromFullSpec(final DataTableSpec spec) {
        return filter(spec.stream().toList());
    }

    /** The names that are chosen one by one, but are not those of a column; none where unknown columns are chosen. */
    public String[] getMissingSelected(final List<DataColumnSpec> choices) {
        if (m_mode != Mode.MANUAL || m_manualFilter.m_includeUnknownColumns) {
            return new String[0];
        }
        final Set<String> there = Set.of(names(choices.stream()));
        return Stream.of(m_manualFilter.m_manuallySelected)
                .filter(name -> !there.contains(name))
                .toArray(String[]::new);
    }

    /** As {@link #getMissingSelected} for all columns of a table. */
    public String[] getMissingSelectedFromFullSpec(final DataTableSpec spec) {
        return getMissingSelected(spec.stream().toList());
    }

    private Predicate<DataColumnSpec> chosen() {
        if (m_mode == Mode.TYPE) {
            return m_typeFilter.chosen();
        }
        final Predicate<String> names =
                switch (m_mode) {
                    case MANUAL -> m_manualFilter.chosen();
                    case REGEX -> m_patternFilter.matchingRegex();
                    case WILDCARD -> m_patternFilter.matchingWildcard();
                    case TYPE -> throw new IllegalStateException("types are no names");
                };
        return column -> names.test(column.getName());
    }

    private static String[] names(final Stream<DataColumnSpec> columns) {
        return columns.map(DataColumnSpec::getName).toArray(String[]::new);
    }
}
