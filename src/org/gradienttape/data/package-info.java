/**
 * Datasets: strict readers for files, a folder format that is memory-mapped, batches in shuffled order. Start at
 * {@link org.gradienttape.data.DatasetReader} and {@link org.gradienttape.data.Dataset}. Depends on layer (shapes),
 * json.
 */
package org.gradienttape.data;
