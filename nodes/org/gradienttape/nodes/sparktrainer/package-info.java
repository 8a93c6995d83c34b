/**
 * The node GradientTape Trainer (Spark): trains a model by several workers, which Spark starts. Start at the factory.
 */
package org.gradienttape.nodes.sparktrainer;
