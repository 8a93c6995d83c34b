/**
 * Checkpoints of whole runs, from which they go on to the last bit: {@link org.gradienttape.checkpoint.Checkpoints} is the
 * folder of a run, {@link org.gradienttape.checkpoint.RunKeeper} what the loop calls. Depends on error, state, model and train.
 */
package org.gradienttape.checkpoint;
