/**
 * Image files become numbers: PNG, JPEG, BMP, GIF, TIFF and WebP. A file is told by its first bytes and checked as far as its
 * decoder would not: whether it is whole, its checksums, its sizes. Colors are as they are stored; color profiles are left
 * out before the decoder sees them. Start at {@link org.gradienttape.picture.PictureFile}. Depends on ImageIO of the JDK
 * and, for WebP, on TwelveMonkeys.
 */
package org.gradienttape.picture;
