/**
 * Pictures as PNG: charts. Start at {@link org.gradienttape.image.LineChart}. The only package that knows XChart;
 * depends on nothing else of the engine.
 */
package org.gradienttape.image;
