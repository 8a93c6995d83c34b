/**
 * A neural network for the rows of a table whose settings need no look: its layers, loss, metrics and early end follow from
 * what there is to learn. Start reading at {@link org.gradienttape.learner.Learner}. May use the engine down to
 * {@code torch}, which trains it.
 */
package org.gradienttape.learner;
