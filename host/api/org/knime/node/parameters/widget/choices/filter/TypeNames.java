package org.knime.node.parameters.widget.choices.filter;

import java.util.Set;
import java.util.function.Predicate;
import org.knime.core.data.DataColumnSpec;
import org.knime.node.parameters.persistence.Persistable;

/** Columns that are chosen by their types: by the names of the types' preferred values. */
final class TypeNames implements Persistable {
    String[] m_selectedTypes = {};

    Predicate<DataColumnSpec> chosen() {
        final Set<String> types = Set.of(m_selectedTypes);
        return column ->
                types.contains(column.getType().getPreferredValueClass().getName());
    }
}
