/**
 * What a model says of samples. Start at {@link org.gradienttape.torch.prediction.Prediction}.
 */
package org.gradienttape.torch.prediction;
