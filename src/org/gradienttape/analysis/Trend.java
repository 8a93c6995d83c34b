package org.gradienttape.analysis;

/**
 * A line through the last points (least squares).
 *
 * @param slope change per unit of x; NaN for fewer than two different x
 * @param low lower end of the slope's 95 % confidence interval; NaN for fewer than three points
 * @param high upper end of it; NaN for fewer than three points
 */
public record Trend(double slope, double low, double high) {}
