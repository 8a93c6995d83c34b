/**
 * The logs of a run as KNIME tables, and what is read back from one: steps, epochs, curves. One class per table, with its
 * columns in {@code spec} and its rows in {@code write}; the names of columns are in
 * {@link org.gradienttape.nodes.table.LogColumns}. Start at {@link org.gradienttape.nodes.log.EpochLogTable}.
 */
package org.gradienttape.nodes.log;
