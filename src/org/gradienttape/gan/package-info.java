/**
 * Training of two networks against each other, as in Keras' guide "Writing a training loop from scratch": a generator
 * makes images, a discriminator tells them from real ones. {@link org.gradienttape.gan.GanLoop} asks a
 * {@link org.gradienttape.gan.GanStep} for each batch, its monitor whether to go on, and leaves a
 * {@link org.gradienttape.gan.GanLog}. No tensors. Depends on train and data.
 */
package org.gradienttape.gan;
