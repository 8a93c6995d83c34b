/**
 * What numbers of training say. Of a log: summaries per epoch, trend, verdict; start at
 * {@link org.gradienttape.analysis.SeriesAnalysis}. Of predictions: scores with confidence intervals; start at
 * {@link org.gradienttape.analysis.PredictionAnalysis}. The only package that knows Commons Math.
 */
package org.gradienttape.analysis;
