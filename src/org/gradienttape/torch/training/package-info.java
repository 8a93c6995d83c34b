/**
 * A training run on the engine: its job, the standard step and users' steps, losses and metrics, and what keeps it. Start at
 * {@link org.gradienttape.torch.training.Training}.
 */
package org.gradienttape.torch.training;
