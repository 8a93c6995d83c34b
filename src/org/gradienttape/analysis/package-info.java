/**
 * What a log of numbers says: summaries per epoch, trend, verdict. Start at
 * {@link org.gradienttape.analysis.SeriesAnalysis}. The only package that knows Commons Math.
 */
package org.gradienttape.analysis;
