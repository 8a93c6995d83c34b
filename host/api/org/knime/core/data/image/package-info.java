/** Images as cells and as port objects. */
package org.knime.core.data.image;
