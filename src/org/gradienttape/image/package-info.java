/**
 * Pictures: charts as PNG ({@link org.gradienttape.image.LineChart}), samples as PNG
 * ({@link org.gradienttape.image.SampleImage}), and image files of one folder that are written
 * together or not at all (start at {@link org.gradienttape.image.ImageFiles}). The
 * only package that knows XChart; of the engine it uses error, data and layer (shapes).
 */
package org.gradienttape.image;
