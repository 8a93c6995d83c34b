/**
 * Losses: their settings, checked, and what they compute. A new one is a record of {@link org.gradienttape.loss.Loss} with
 * {@code call(y, predictions)}, written with tensors; its gradient follows. A
 * user's own is a {@link org.gradienttape.loss.CustomLoss}. Depends on error and tensor.
 */
package org.gradienttape.loss;
