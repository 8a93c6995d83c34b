/** The node Model Predictor: lets a trained model say what it sees in samples. Start at the factory. */
package org.gradienttape.nodes.modelpredictor;
