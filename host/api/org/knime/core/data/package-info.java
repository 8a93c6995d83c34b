/** Tables: specs, types, rows and cells. Start at {@link org.knime.core.data.DataTableSpec}. */
package org.knime.core.data;
