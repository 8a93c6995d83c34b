/**
 * What happens between the steps of a training run, whatever the step is: learning-rate schedules, early stopping,
 * checkpoints. Settings are checked records; {@link org.gradienttape.callback.Callbacks} is what a run asks. No tensors.
 * Depends on analysis (which way a number improves) and model.
 */
package org.gradienttape.callback;
