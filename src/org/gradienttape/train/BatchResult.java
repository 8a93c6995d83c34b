package org.gradienttape.train;

import org.gradienttape.metric.Predictions;

/**
 * What a step tells of its batch.
 *
 * @param loss the mean over the batch, losses added by layers included
 * @param predictions one row per sample
 * @param labels the true classes
 */
public record BatchResult(double loss, Predictions predictions, int[] labels) {}
