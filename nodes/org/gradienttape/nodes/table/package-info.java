/**
 * The only place that turns the engine's records into KNIME tables and back: one class per table, with its columns in
 * {@code spec} and its rows in {@code write}. Column names are a contract with workflows. What a person chooses of an input
 * table is here, too: start at {@link org.gradienttape.nodes.table.InputColumns}.
 */
package org.gradienttape.nodes.table;
