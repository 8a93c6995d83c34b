/** The node GradientTape Trainer: trains a model batch by batch and logs what it measures. Start at the factory. */
package org.gradienttape.nodes.trainer;
