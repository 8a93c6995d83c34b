/** PNG images. Start at {@link org.knime.core.data.image.png.PNGImageContent}. */
package org.knime.core.data.image.png;
