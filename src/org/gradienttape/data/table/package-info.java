/**
 * From the rows of a table to datasets whose columns have names and kinds. Start at
 * {@link org.gradienttape.data.table.TableReader}.
 */
package org.gradienttape.data.table;
