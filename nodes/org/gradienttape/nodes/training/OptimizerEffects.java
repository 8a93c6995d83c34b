package org.gradienttape.nodes.training;

import org.gradienttape.nodes.ForOptimizers;
import org.gradienttape.nodes.OptimizerNumbers.Group;
import org.gradienttape.nodes.OptimizerType;
import org.knime.node.parameters.updates.ParameterReference;

/** Which numbers the dialog shows for the chosen optimizer. */
final class OptimizerEffects {
    private OptimizerEffects() {}

    /** The field with the optimizer. */
    static final class Optimizer implements ParameterReference<OptimizerType> {}

    static final class IsSgd extends ForOptimizers {
        IsSgd() {
            super(Optimizer.class, Group.SGD);
        }
    }

    static final class IsAnAdam extends ForOptimizers {
        IsAnAdam() {
            super(Optimizer.class, Group.ADAM);
        }
    }

    static final class IsAdamW extends ForOptimizers {
        IsAdamW() {
            super(Optimizer.class, Group.ADAMW);
        }
    }

    static final class IsRmsProp extends ForOptimizers {
        IsRmsProp() {
            super(Optimizer.class, Group.RMSPROP);
        }
    }

    static final class IsAdagrad extends ForOptimizers {
        IsAdagrad() {
            super(Optimizer.class, Group.ADAGRAD);
        }
    }
}
