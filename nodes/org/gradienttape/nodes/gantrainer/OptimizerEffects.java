package org.gradienttape.nodes.gantrainer;

import org.gradienttape.nodes.ForOptimizers;
import org.gradienttape.nodes.OptimizerNumbers.Group;
import org.gradienttape.nodes.OptimizerType;
import org.knime.node.parameters.updates.ParameterReference;

/** Which numbers the dialog shows for the optimizers of the two networks. */
final class OptimizerEffects {
    private OptimizerEffects() {}

    /** The field with the discriminator's optimizer. */
    static final class Discriminator implements ParameterReference<OptimizerType> {}

    /** The field with the generator's optimizer. */
    static final class Generator implements ParameterReference<OptimizerType> {}

    static final class IsDiscriminatorSgd extends ForOptimizers {
        IsDiscriminatorSgd() {
            super(Discriminator.class, Group.SGD);
        }
    }

    static final class IsDiscriminatorAnAdam extends ForOptimizers {
        IsDiscriminatorAnAdam() {
            super(Discriminator.class, Group.ADAM);
        }
    }

    static final class IsDiscriminatorAdamW extends ForOptimizers {
        IsDiscriminatorAdamW() {
            super(Discriminator.class, Group.ADAMW);
        }
    }

    static final class IsDiscriminatorRmsProp extends ForOptimizers {
        IsDiscriminatorRmsProp() {
            super(Discriminator.class, Group.RMSPROP);
        }
    }

    static final class IsDiscriminatorAdagrad extends ForOptimizers {
        IsDiscriminatorAdagrad() {
            super(Discriminator.class, Group.ADAGRAD);
        }
    }

    static final class IsGeneratorSgd extends ForOptimizers {
        IsGeneratorSgd() {
            super(Generator.class, Group.SGD);
        }
    }

    static final class IsGeneratorAnAdam extends ForOptimizers {
        IsGeneratorAnAdam() {
            super(Generator.class, Group.ADAM);
        }
    }

    static final class IsGeneratorAdamW extends ForOptimizers {
        IsGeneratorAdamW() {
            super(Generator.class, Group.ADAMW);
        }
    }

    static final class IsGeneratorRmsProp extends ForOptimizers {
        IsGeneratorRmsProp() {
            super(Generator.class, Group.RMSPROP);
        }
    }

    static final class IsGeneratorAdagrad extends ForOptimizers {
        IsGeneratorAdagrad() {
            super(Generator.class, Group.ADAGRAD);
        }
    }
}
