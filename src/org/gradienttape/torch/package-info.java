/**
 * Everything that touches DJL and libtorch: engine start, devices, memory, programs, and the steps that run on them. What
 * layers, losses and optimizers compute is said elsewhere, in tensors; a {@link org.gradienttape.torch.Computation} has it
 * done. Start at {@link org.gradienttape.torch.Training}. The only package that uses ai.djl; it may use all other engine
 * packages, and only nodes use it.
 */
package org.gradienttape.torch;
