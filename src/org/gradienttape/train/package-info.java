/**
 * The epoch loop. {@link org.gradienttape.train.TrainingLoop} asks a {@link org.gradienttape.train.TrainStep} for each
 * batch, its monitor whether to go on, and leaves a {@link org.gradienttape.train.TrainingLog}. No tensors. Depends on
 * data, metric, callback.
 */
package org.gradienttape.train;
