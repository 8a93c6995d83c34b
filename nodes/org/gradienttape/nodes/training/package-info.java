/**
 * What the nodes that train share: settings, ports, what happens between the epochs, and how a run is shown at its node. Start at
 * {@link org.gradienttape.nodes.training.TrainerParameters}, the settings of a run with one network;
 * {@link org.gradienttape.nodes.training.OptimizerParameters} holds all about optimizers.
 */
package org.gradienttape.nodes.training;
