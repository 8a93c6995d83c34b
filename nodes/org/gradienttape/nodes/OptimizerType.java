package org.gradienttape.nodes;

import java.util.Set;
import org.gradienttape.nodes.OptimizerNumbers.Group;
import org.gradienttape.optimizer.OptimizerConfig;
import org.knime.node.parameters.widget.choices.Label;

/**
 * How weights change: which numbers of the dialog belong to it, and what it becomes in the engine. The names of the constants
 * stand in saved workflows.
 */
public enum OptimizerType {
    @Label(value = "SGD", description = "Stochastic gradient descent, with or without momentum.")
    SGD(Set.of(Group.SGD), (rate, numbers) -> {
        final SgdParameters sgd = numbers.sgd();
        return new OptimizerConfig.Sgd(rate, sgd.momentum, sgd.nesterov);
    }),
    @Label(value = "Adam", description = "A step size of its own for each weight (Kingma and Ba, 2014).")
    ADAM(Set.of(Group.ADAM), (rate, numbers) -> {
        final AdamParameters adam = numbers.adam();
        return new OptimizerConfig.Adam(rate, adam.beta1, adam.beta2, adam.epsilon);
    }),
    @Label(value = "AdamW", description = "Adam with a weight decay of its own (Loshchilov and Hutter, 2019).")
    ADAMW(Set.of(Group.ADAM, Group.ADAMW), (rate, numbers) -> {
        final AdamParameters adam = numbers.adam();
        return new OptimizerConfig.AdamW(rate, numbers.adamW().weightDecay, adam.beta1, adam.beta2, adam.epsilon);
    }),
    @Label(value = "Nadam", description = "Adam with Nesterov momentum (Dozat, 2015).")
    NADAM(Set.of(Group.ADAM), (rate, numbers) -> {
        final AdamParameters adam = numbers.adam();
        return new OptimizerConfig.Nadam(rate, adam.beta1, adam.beta2, adam.epsilon);
    }),
    @Label(
            value = "RMSprop",
            description = "Gradients divided by the root of the running mean of their squares (Hinton, 2012).")
    RMSPROP(Set.of(Group.RMSPROP), (rate, numbers) -> {
        final RmsPropParameters prop = numbers.rmsProp();
        return new OptimizerConfig.RmsProp(rate, prop.rho, prop.momentum, prop.epsilon, prop.centered);
    }),
    @Label(
            value = "Adagrad",
            description = "Smaller steps for weights that have changed a lot (Duchi, Hazan and Singer, 2011).")
    ADAGRAD(Set.of(Group.ADAGRAD), (rate, numbers) -> {
        final AdagradParameters adagrad = numbers.adagrad();
        return new OptimizerConfig.Adagrad(rate, adagrad.initialAccumulator, adagrad.epsilon);
    });

    @FunctionalInterface
    private interface Maker {
        OptimizerConfig make(double learningRate, OptimizerNumbers numbers);
    }

    private final Set<Group> groups;
    private final Maker maker;

    OptimizerType(final Set<Group> groups, final Maker maker) {
        this.groups = groups;
        this.maker = maker;
    }

    boolean has(final Group group) {
        return groups.contains(group);
    }

    /** The optimizer, with those of the numbers that belong to it. */
    public OptimizerConfig toConfig(final double learningRate, final OptimizerNumbers numbers) {
        return maker.make(learningRate, numbers);
    }
}
