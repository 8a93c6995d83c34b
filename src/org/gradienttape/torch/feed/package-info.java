/**
 * Samples on their way to the engine: the batches of a step, whole datasets that stay there, targets and weights. Start at
 * {@link org.gradienttape.torch.feed.StepBatches}. Uses tensors, datasets and the engine.
 */
package org.gradienttape.torch.feed;
