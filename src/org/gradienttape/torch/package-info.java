/**
 * Everything that touches tensors and DJL: engine start, {@link org.gradienttape.torch.GradientTape}, what layers,
 * losses and optimizers compute, and the eager training step. Start at {@link org.gradienttape.torch.Training}. The
 * only package that uses ai.djl; it may use all other engine packages, and only nodes use it.
 */
package org.gradienttape.torch;
