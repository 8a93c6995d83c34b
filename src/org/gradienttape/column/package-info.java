/**
 * Columns of a table, and how they become the numbers that reach a network: learned from the training data alone, kept with
 * the model, put over any other table by the names of the columns. Start at {@link org.gradienttape.column.Encoding}; it is
 * learned by {@link org.gradienttape.column.EncodingLearner} and put over data by {@link org.gradienttape.column.Encoder} and
 * {@link org.gradienttape.column.RowEncoder}. Depends on error, json and Gson.
 */
package org.gradienttape.column;
