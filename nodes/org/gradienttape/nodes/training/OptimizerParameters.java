package org.gradienttape.nodes.training;

import java.util.Set;
import org.gradienttape.nodes.AtMostOne;
import org.gradienttape.nodes.BelowOne;
import org.gradienttape.optimizer.OptimizerConfig;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;

/**
 * All that dialogs ask about optimizers: which there are, what numbers they have, when these are shown, and the fields of the
 * two kinds of trainers. Everything that another optimizer needs in a dialog is written here.
 *
 * <p>The parameters of a trainer extend {@link OfOneNetwork} or {@link OfTwoNetworks}, for KNIME stores what a class inherits
 * beside its own fields, and a field of another class in a config of that field's name.
 */
public final class OptimizerParameters {
    private OptimizerParameters() {}

    /**
     * How weights change: which numbers of the dialog belong to it, and what it becomes in the engine. The names of the constants
     * stand in saved workflows.
     */
    public enum OptimizerType {
        @Label(value = "SGD", description = "Stochastic gradient descent, with or without momentum.")
        SGD(Set.of(SgdNumbers.class), (rate, numbers) -> {
            final SgdNumbers sgd = numbers.sgd();
            return new OptimizerConfig.Sgd(rate, sgd.momentum, sgd.nesterov);
        }),
        @Label(value = "Adam", description = "A step size of its own for each weight (Kingma and Ba, 2014).")
        ADAM(Set.of(AdamNumbers.class), (rate, numbers) -> {
            final AdamNumbers adam = numbers.adam();
            return new OptimizerConfig.Adam(rate, adam.beta1, adam.beta2, adam.epsilon);
        }),
        @Label(value = "AdamW", description = "Adam with a weight decay of its own (Loshchilov and Hutter, 2019).")
        ADAMW(Set.of(AdamNumbers.class, AdamWNumbers.class), (rate, numbers) -> {
            final AdamNumbers adam = numbers.adam();
            return new OptimizerConfig.AdamW(rate, numbers.adamW().weightDecay, adam.beta1, adam.beta2, adam.epsilon);
        }),
        @Label(value = "Nadam", description = "Adam with Nesterov momentum (Dozat, 2015).")
        NADAM(Set.of(AdamNumbers.class), (rate, numbers) -> {
            final AdamNumbers adam = numbers.adam();
            return new OptimizerConfig.Nadam(rate, adam.beta1, adam.beta2, adam.epsilon);
        }),
        @Label(
                value = "RMSprop",
                description = "Gradients divided by the root of the running mean of their squares (Hinton, 2012).")
        RMSPROP(Set.of(RmsPropNumbers.class), (rate, numbers) -> {
            final RmsPropNumbers prop = numbers.rmsProp();
            return new OptimizerConfig.RmsProp(rate, prop.rho, prop.momentum, prop.epsilon, prop.centered);
        }),
        @Label(
                value = "Adagrad",
                description = "Smaller steps for weights that have changed a lot (Duchi, Hazan and Singer, 2011).")
        ADAGRAD(Set.of(AdagradNumbers.class), (rate, numbers) -> {
            final AdagradNumbers adagrad = numbers.adagrad();
            return new OptimizerConfig.Adagrad(rate, adagrad.initialAccumulator, adagrad.epsilon);
        });

        @FunctionalInterface
        private interface Maker {
            OptimizerConfig make(double learningRate, Numbers numbers);
        }

        private final Set<Class<? extends NodeParameters>> groups;
        private final Maker maker;

        OptimizerType(final Set<Class<? extends NodeParameters>> groups, final Maker maker) {
            this.groups = groups;
            this.maker = maker;
        }

        boolean has(final Class<? extends NodeParameters> group) {
            return groups.contains(group);
        }

        /** The optimizer, with those of the numbers that belong to it. */
        public OptimizerConfig toConfig(final double learningRate, final Numbers numbers) {
            return maker.make(learningRate, numbers);
        }
    }

    /** The numbers of all optimizers, as a dialog holds them; those of the chosen one count. */
    record Numbers(
            SgdNumbers sgd, AdamNumbers adam, AdamWNumbers adamW, RmsPropNumbers rmsProp, AdagradNumbers adagrad) {}

    /** The field with the optimizer of the only network, or of the first one. */
    static final class FirstOptimizer implements ParameterReference<OptimizerType> {}

    /** The field with the optimizer of the second network. */
    static final class SecondOptimizer implements ParameterReference<OptimizerType> {}

    /** The numbers that only SGD has. */
    @LoadDefaultsForAbsentFields
    public static final class SgdNumbers implements NodeParameters {
        static final class OfFirst extends ForOptimizers {
            OfFirst() {
                super(FirstOptimizer.class, SgdNumbers.class);
            }
        }

        static final class OfSecond extends ForOptimizers {
            OfSecond() {
                super(SecondOptimizer.class, SgdNumbers.class);
            }
        }

        @Widget(
                title = "Momentum",
                description = "How much of the last step goes into the next one, from 0 (none) to 1; 0.9 is usual.")
        @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = AtMostOne.class)
        public double momentum;

        @Widget(title = "Nesterov", description = "Whether the step looks ahead along the momentum.")
        public boolean nesterov;
    }

    /** The numbers of Adam, AdamW and Nadam, with Keras' defaults. */
    @LoadDefaultsForAbsentFields
    public static final class AdamNumbers implements NodeParameters {
        static final class OfFirst extends ForOptimizers {
            OfFirst() {
                super(FirstOptimizer.class, AdamNumbers.class);
            }
        }

        static final class OfSecond extends ForOptimizers {
            OfSecond() {
                super(SecondOptimizer.class, AdamNumbers.class);
            }
        }

        @Widget(title = "Beta 1", description = "Decay of the running mean of the gradients, at least 0 and below 1.")
        @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = BelowOne.class)
        @Advanced
        public double beta1 = 0.9;

        @Widget(
                title = "Beta 2",
                description = "Decay of the running mean of the squared gradients, at least 0 and below 1.")
        @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = BelowOne.class)
        @Advanced
        public double beta2 = 0.999;

        @Widget(title = "Epsilon", description = "Keeps the update from dividing by 0; above 0.")
        @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
        @Advanced
        public double epsilon = 1e-7;
    }

    /** The number that AdamW has beyond those of Adam, with Keras' default. */
    @LoadDefaultsForAbsentFields
    public static final class AdamWNumbers implements NodeParameters {
        static final class OfFirst extends ForOptimizers {
            OfFirst() {
                super(FirstOptimizer.class, AdamWNumbers.class);
            }
        }

        static final class OfSecond extends ForOptimizers {
            OfSecond() {
                super(SecondOptimizer.class, AdamWNumbers.class);
            }
        }

        @Widget(
                title = "Weight decay",
                description =
                        "The share by which each weight shrinks at an update, times the learning rate; at least 0.")
        @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
        public double weightDecay = 0.004;
    }

    /** The numbers that only RMSprop has, with Keras' defaults. */
    @LoadDefaultsForAbsentFields
    public static final class RmsPropNumbers implements NodeParameters {
        static final class OfFirst extends ForOptimizers {
            OfFirst() {
                super(FirstOptimizer.class, RmsPropNumbers.class);
            }
        }

        static final class OfSecond extends ForOptimizers {
            OfSecond() {
                super(SecondOptimizer.class, RmsPropNumbers.class);
            }
        }

        @Widget(
                title = "Rho",
                description = "Decay of the running mean of the squared gradients, at least 0 and below 1.")
        @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = BelowOne.class)
        public double rho = 0.9;

        @Widget(
                title = "Momentum of RMSprop",
                description = "How much of the last step goes into the next one, from 0 (none) to 1.")
        @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = AtMostOne.class)
        public double momentum;

        @Widget(
                title = "Centered",
                description =
                        "Whether gradients are divided by the root of their variance instead of their mean square.")
        public boolean centered;

        @Widget(title = "Epsilon of RMSprop", description = "Keeps the update from dividing by 0; above 0.")
        @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
        @Advanced
        public double epsilon = 1e-7;
    }

    /** The numbers that only Adagrad has, with Keras' defaults. */
    @LoadDefaultsForAbsentFields
    public static final class AdagradNumbers implements NodeParameters {
        static final class OfFirst extends ForOptimizers {
            OfFirst() {
                super(FirstOptimizer.class, AdagradNumbers.class);
            }
        }

        static final class OfSecond extends ForOptimizers {
            OfSecond() {
                super(SecondOptimizer.class, AdagradNumbers.class);
            }
        }

        @Widget(
                title = "Initial accumulator",
                description =
                        "Where the sum of the squared gradients starts, at least 0; larger makes smaller first steps.")
        @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
        public double initialAccumulator = 0.1;

        @Widget(title = "Epsilon of Adagrad", description = "Keeps the update from dividing by 0; above 0.")
        @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
        @Advanced
        public double epsilon = 1e-7;
    }

    /** The optimizer of one network. */
    public abstract static class OfOneNetwork extends BatchParameters {
        @Section(title = "Optimizer")
        @After(TrainingSection.class)
        public interface OptimizerSection {}

        @Layout(OptimizerSection.class)
        @Widget(title = "Optimizer", description = "How the gradients change the weights.")
        @ValueReference(FirstOptimizer.class)
        public OptimizerType optimizer = OptimizerType.SGD;

        @Layout(OptimizerSection.class)
        @Widget(title = "Learning rate", description = "The step size, above 0.")
        @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
        public double learningRate = 1e-3;

        @Layout(OptimizerSection.class)
        @Effect(predicate = SgdNumbers.OfFirst.class, type = EffectType.SHOW)
        public SgdNumbers sgd = new SgdNumbers();

        @Layout(OptimizerSection.class)
        @Effect(predicate = AdamNumbers.OfFirst.class, type = EffectType.SHOW)
        public AdamNumbers adam = new AdamNumbers();

        @Layout(OptimizerSection.class)
        @Effect(predicate = AdamWNumbers.OfFirst.class, type = EffectType.SHOW)
        public AdamWNumbers adamW = new AdamWNumbers();

        @Layout(OptimizerSection.class)
        @Effect(predicate = RmsPropNumbers.OfFirst.class, type = EffectType.SHOW)
        public RmsPropNumbers rmsProp = new RmsPropNumbers();

        @Layout(OptimizerSection.class)
        @Effect(predicate = AdagradNumbers.OfFirst.class, type = EffectType.SHOW)
        public AdagradNumbers adagrad = new AdagradNumbers();

        protected final OptimizerConfig optimizerConfig() {
            return optimizer.toConfig(learningRate, new Numbers(sgd, adam, adamW, rmsProp, adagrad));
        }
    }

    /** The optimizers of a discriminator and a generator. */
    public abstract static class OfTwoNetworks extends GanBatchParameters {
        @Section(title = "Discriminator's optimizer")
        @After(TrainingSection.class)
        public interface DiscriminatorSection {}

        @Section(title = "Generator's optimizer")
        @After(DiscriminatorSection.class)
        public interface GeneratorSection {}

        @Layout(DiscriminatorSection.class)
        @Widget(title = "Optimizer of the discriminator", description = "How its gradients change its weights.")
        @ValueReference(FirstOptimizer.class)
        public OptimizerType discriminatorOptimizer = OptimizerType.ADAM;

        @Layout(DiscriminatorSection.class)
        @Widget(title = "Learning rate of the discriminator", description = "The step size, above 0.")
        @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
        public double discriminatorLearningRate = 3e-4;

        @Layout(DiscriminatorSection.class)
        @Effect(predicate = SgdNumbers.OfFirst.class, type = EffectType.SHOW)
        public SgdNumbers discriminatorSgd = new SgdNumbers();

        @Layout(DiscriminatorSection.class)
        @Effect(predicate = AdamNumbers.OfFirst.class, type = EffectType.SHOW)
        public AdamNumbers discriminatorAdam = new AdamNumbers();

        @Layout(DiscriminatorSection.class)
        @Effect(predicate = AdamWNumbers.OfFirst.class, type = EffectType.SHOW)
        public AdamWNumbers discriminatorAdamW = new AdamWNumbers();

        @Layout(DiscriminatorSection.class)
        @Effect(predicate = RmsPropNumbers.OfFirst.class, type = EffectType.SHOW)
        public RmsPropNumbers discriminatorRmsProp = new RmsPropNumbers();

        @Layout(DiscriminatorSection.class)
        @Effect(predicate = AdagradNumbers.OfFirst.class, type = EffectType.SHOW)
        public AdagradNumbers discriminatorAdagrad = new AdagradNumbers();

        @Layout(GeneratorSection.class)
        @Widget(title = "Optimizer of the generator", description = "How its gradients change its weights.")
        @ValueReference(SecondOptimizer.class)
        public OptimizerType generatorOptimizer = OptimizerType.ADAM;

        @Layout(GeneratorSection.class)
        @Widget(title = "Learning rate of the generator", description = "The step size, above 0.")
        @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
        public double generatorLearningRate = 4e-4;

        @Layout(GeneratorSection.class)
        @Effect(predicate = SgdNumbers.OfSecond.class, type = EffectType.SHOW)
        public SgdNumbers generatorSgd = new SgdNumbers();

        @Layout(GeneratorSection.class)
        @Effect(predicate = AdamNumbers.OfSecond.class, type = EffectType.SHOW)
        public AdamNumbers generatorAdam = new AdamNumbers();

        @Layout(GeneratorSection.class)
        @Effect(predicate = AdamWNumbers.OfSecond.class, type = EffectType.SHOW)
        public AdamWNumbers generatorAdamW = new AdamWNumbers();

        @Layout(GeneratorSection.class)
        @Effect(predicate = RmsPropNumbers.OfSecond.class, type = EffectType.SHOW)
        public RmsPropNumbers generatorRmsProp = new RmsPropNumbers();

        @Layout(GeneratorSection.class)
        @Effect(predicate = AdagradNumbers.OfSecond.class, type = EffectType.SHOW)
        public AdagradNumbers generatorAdagrad = new AdagradNumbers();

        protected final OptimizerConfig discriminatorConfig() {
            return discriminatorOptimizer.toConfig(
                    discriminatorLearningRate,
                    new Numbers(
                            discriminatorSgd,
                            discriminatorAdam,
                            discriminatorAdamW,
                            discriminatorRmsProp,
                            discriminatorAdagrad));
        }

        protected final OptimizerConfig generatorConfig() {
            return generatorOptimizer.toConfig(
                    generatorLearningRate,
                    new Numbers(generatorSgd, generatorAdam, generatorAdamW, generatorRmsProp, generatorAdagrad));
        }
    }
}
