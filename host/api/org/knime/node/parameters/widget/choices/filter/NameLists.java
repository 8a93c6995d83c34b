package org.knime.node.parameters.widget.choices.filter;

import java.util.Set;
import java.util.function.Predicate;
import org.knime.node.parameters.persistence.Persistable;

/** Columns that are chosen or left out one by one. */
final class NameLists implements Persistable {
    String[] m_manuallySelected = {};
    String[] m_manuallyDeselected = {};
    /** Whether a column in neither list is chosen. */
    boolean m_includeUnknownColumns;

    Predicate<String> chosen() {
        if (m_includeUnknownColumns) {
            final Set<String> leftOut = Set.of(m_manuallyDeselected);
            return name -> !leftOut.contains(name);
        }
        return Set.of(m_manuallySelected)::contains;
    }
}
