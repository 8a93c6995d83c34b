package org.knime.core.data.image;

import org.knime.core.data.DataValue;

/** A cell that can be read as an image. */
public interface ImageValue extends DataValue {
    ImageContent getImageContent();
}
