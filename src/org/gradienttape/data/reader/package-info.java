/**
 * From a source to datasets for training and validation. Start at {@link org.gradienttape.data.reader.DatasetReader}.
 */
package org.gradienttape.data.reader;
