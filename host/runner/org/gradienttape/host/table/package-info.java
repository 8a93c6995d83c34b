/**
 * Tables: what is computed while they are filled, and their saved form. Start at
 * {@link org.gradienttape.host.table.SavedTable}.
 */
package org.gradienttape.host.table;
