/** The node GAN Trainer: from two networks and images to a generator that makes such images. Start at the factory. */
package org.gradienttape.nodes.gantrainer;
