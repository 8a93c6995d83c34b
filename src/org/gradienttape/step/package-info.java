/**
 * What a training step that a user writes in Java works with. Start at {@link org.gradienttape.step.CustomStep}, or at
 * {@link org.gradienttape.step.CustomGanStep} for the GAN Trainer; docs/guide/own-step.md teaches it beside Keras' guide.
 *
 * <p>Names are those of Keras and PyTorch. This package is a contract: code that people have saved in their workflows
 * is compiled against it, so types and methods are added but never changed. Depends on the JDK only.
 */
package org.gradienttape.step;
