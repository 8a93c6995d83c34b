/**
 * Datasets: a folder format that is memory-mapped, targets, preprocessing, batches in shuffled order. Start at
 * {@link org.gradienttape.data.Dataset}. What reads files into datasets is in the packages within this one, which it does not
 * know; a new kind of source is a record of {@link org.gradienttape.data.source.DatasetSource} and an implementation of
 * {@link org.gradienttape.data.source.Samples}. Depends on column, layer (shapes), json.
 */
package org.gradienttape.data;
