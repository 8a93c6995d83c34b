/**
 * Datasets: strict readers for files, a folder format that is memory-mapped, batches in shuffled order. Start at
 * {@link org.gradienttape.data.DatasetReader} and {@link org.gradienttape.data.Dataset}, for rows of tables at
 * {@link org.gradienttape.data.TableReader}; a new kind of source of samples is a record of
 * {@link org.gradienttape.data.DatasetSource} and an implementation of Samples. Depends on column, layer (shapes), json, FastCSV.
 */
package org.gradienttape.data;
