package org.gradienttape.column;

/**
 * When a row was.
 *
 * @param key that of a later row is larger
 * @param offset by how many seconds the row's own clock was ahead of UTC; 0 where the column knows no zones
 */
public record OrderTime(long key, int offset) {}
