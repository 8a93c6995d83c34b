package org.gradienttape.nodes;

import org.gradienttape.optimizer.OptimizerConfig;

/**
 * The numbers of all optimizers; those of the chosen one count.
 *
 * @param adam of Adam, AdamW and Nadam
 * @param adamW what AdamW has beyond them
 */
public record OptimizerNumbers(
        SgdParameters sgd,
        AdamParameters adam,
        AdamWParameters adamW,
        RmsPropParameters rmsProp,
        AdagradParameters adagrad) {
    public OptimizerConfig toConfig(final OptimizerType type, final double learningRate) {
        return switch (type) {
            case SGD -> new OptimizerConfig.Sgd(learningRate, sgd.momentum, sgd.nesterov);
            case ADAM -> new OptimizerConfig.Adam(learningRate, adam.beta1, adam.beta2, adam.epsilon);
            case ADAMW ->
                new OptimizerConfig.AdamW(learningRate, adamW.weightDecay, adam.beta1, adam.beta2, adam.epsilon);
            case NADAM -> new OptimizerConfig.Nadam(learningRate, adam.beta1, adam.beta2, adam.epsilon);
            case RMSPROP ->
                new OptimizerConfig.RmsProp(
                        learningRate, rmsProp.rho, rmsProp.momentum, rmsProp.epsilon, rmsProp.centered);
            case ADAGRAD -> new OptimizerConfig.Adagrad(learningRate, adagrad.initialAccumulator, adagrad.epsilon);
        };
    }
}
