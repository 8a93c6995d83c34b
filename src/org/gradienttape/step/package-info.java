/**
 * What happens with a batch: {@link org.gradienttape.step.CustomStep}, and {@link org.gradienttape.step.CustomGanStep} for
 * the GAN Trainer. Ours are {@link org.gradienttape.step.StandardStep} and {@link org.gradienttape.step.StandardGanStep};
 * a user writes others in Java with the same types. docs/guide/own-step.md teaches it beside Keras' guide.
 *
 * <p>Names are those of Keras and PyTorch. Depends on tensor, layer, loss and optimizer.
 */
package org.gradienttape.step;
