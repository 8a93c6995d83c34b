/**
 * A run with a generator and a discriminator. Start at {@link org.gradienttape.torch.gan.GanTraining}; what it shares with
 * other runs is in {@code training}.
 */
package org.gradienttape.torch.gan;
