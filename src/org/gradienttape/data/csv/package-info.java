/**
 * CSV files as tables with typed columns. Start at {@link org.gradienttape.data.csv.CsvTable}.
 */
package org.gradienttape.data.csv;
