/**
 * Training by several workers that compute the parts of each batch: {@link org.gradienttape.distributed.Collective} adds up
 * what they have, {@link org.gradienttape.distributed.Share} is a worker's part, and
 * {@link org.gradienttape.distributed.Workers} is what a run sees of them. Knows tensors, and no Spark. Depends on error,
 * tensor, state, model and train.
 */
package org.gradienttape.distributed;
