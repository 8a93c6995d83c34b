/**
 * Pictures: charts as PNG (start at {@link org.gradienttape.image.LineChart}), and image files of one folder that are written
 * together or not at all (start at {@link org.gradienttape.image.ImageFiles}). The
 * only package that knows XChart; of the engine it uses error and data.
 */
package org.gradienttape.image;
