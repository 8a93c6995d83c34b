/** The node Image Writer: from a column of images to image files. Start at the factory. */
package org.gradienttape.nodes.imagewriter;
