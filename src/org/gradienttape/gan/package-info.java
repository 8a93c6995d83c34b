/**
 * Training of two networks against each other, as in Keras' guide "Writing a training loop from scratch": a generator
 * makes images, a discriminator tells them from real ones. The loop is that of train; here are the settings, the random
 * numbers, and {@link org.gradienttape.gan.GanListener}, which keeps the images that are made on the way. No tensors.
 */
package org.gradienttape.gan;
