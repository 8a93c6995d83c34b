/**
 * Predictions as columns of KNIME tables, and what is read back to be scored. Start at
 * {@link org.gradienttape.nodes.prediction.PredictionTable}.
 */
package org.gradienttape.nodes.prediction;
