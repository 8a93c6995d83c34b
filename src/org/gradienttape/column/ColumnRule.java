package org.gradienttape.column;

/**
 * How a column is to be encoded; the numbers and texts for it are learned.
 *
 * @param column of the training data
 * @param scaling of numbers; of no meaning for text
 * @param missing what happens where a cell is missing
 * @param unknown what happens with a text that the training data do not have; of no meaning for numbers
 */
public record ColumnRule(Column column, NumberScaling scaling, MissingRule missing, UnknownRule unknown) {}
