/**
 * The log of a run as TensorBoard reads it, while the run goes on: {@link org.gradienttape.tensorboard.TensorBoardLog}
 * listens to the loop, {@link org.gradienttape.tensorboard.EventFile} writes the records, and
 * {@link org.gradienttape.tensorboard.EventMessages} are what is in them. Depends on error, state, layer, model, train, gan and
 * image.
 */
package org.gradienttape.tensorboard;
