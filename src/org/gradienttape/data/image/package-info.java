/**
 * Folders of images. Start at {@link org.gradienttape.data.image.ImageFolderSamples}.
 */
package org.gradienttape.data.image;
