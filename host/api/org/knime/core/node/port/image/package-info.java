/** Ports through which an image flows. */
package org.knime.core.node.port.image;
