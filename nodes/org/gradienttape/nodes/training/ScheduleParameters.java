package org.gradienttape.nodes.training;

import java.util.Arrays;
import org.gradienttape.callback.Schedule;
import org.gradienttape.nodes.AtMostOne;
import org.gradienttape.nodes.WhenChecked;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.array.ArrayWidget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** How the learning rate changes with the steps. */
@LoadDefaultsForAbsentFields
public final class ScheduleParameters implements NodeParameters {
    /** The kinds of schedules. The names of the constants stand in saved workflows. */
    public enum ScheduleType {
        @Label(value = "Constant", description = "The same rate at every step.")
        CONSTANT,
        @Label(value = "Exponential", description = "The rate shrinks by the same share in the same time.")
        EXPONENTIAL,
        @Label(value = "Cosine", description = "The rate follows half a cosine down, and stays there.")
        COSINE,
        @Label(value = "Piecewise", description = "The rate changes after chosen steps.")
        PIECEWISE
    }

    static final class TypeReference implements ParameterReference<ScheduleType> {}

    static final class WarmUpReference implements ParameterReference<Boolean> {}

    /** Shows a field for some of the schedules only. */
    abstract static class ForSchedules implements EffectPredicateProvider {
        private final ScheduleType[] types;

        ForSchedules(final ScheduleType... types) {
            this.types = types;
        }

        @Override
        public final EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(TypeReference.class).isOneOf(types);
        }
    }

    static final class IsDecay extends ForSchedules {
        IsDecay() {
            super(ScheduleType.EXPONENTIAL, ScheduleType.COSINE);
        }
    }

    static final class IsExponential extends ForSchedules {
        IsExponential() {
            super(ScheduleType.EXPONENTIAL);
        }
    }

    static final class IsCosine extends ForSchedules {
        IsCosine() {
            super(ScheduleType.COSINE);
        }
    }

    static final class IsPiecewise extends ForSchedules {
        IsPiecewise() {
            super(ScheduleType.PIECEWISE);
        }
    }

    static final class IsWarmUp extends WhenChecked {
        IsWarmUp() {
            super(WarmUpReference.class);
        }
    }

    @Widget(
            title = "Schedule",
            description =
                    "How the learning rate changes, starting from the optimizer's; the epoch log shows it. Steps count from 0"
                            + " over all epochs.")
    @ValueReference(TypeReference.class)
    @ValueSwitchWidget
    public ScheduleType schedule = ScheduleType.CONSTANT;

    @Widget(
            title = "Decay steps",
            description =
                    "After how many steps the exponential rate has shrunk by the decay rate, or the cosine has come"
                            + " down.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = IsDecay.class, type = EffectType.SHOW)
    public int decaySteps = 1000;

    @Widget(title = "Decay rate", description = "The share of the rate that is left after the decay steps; above 0.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Effect(predicate = IsExponential.class, type = EffectType.SHOW)
    public double decayRate = 0.96;

    @Widget(
            title = "Staircase",
            description =
                    "Whether the rate stays the same until the decay steps are over and then shrinks all at once.")
    @Effect(predicate = IsExponential.class, type = EffectType.SHOW)
    public boolean staircase;

    @Widget(title = "Alpha", description = "The share of the rate that is left after the cosine, from 0 to 1.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = AtMostOne.class)
    @Effect(predicate = IsCosine.class, type = EffectType.SHOW)
    public double alpha;

    @Widget(title = "Changes", description = "The steps after which the rate changes, and the rates from there on.")
    @ArrayWidget(addButtonText = "Add change", elementTitle = "Change")
    @Effect(predicate = IsPiecewise.class, type = EffectType.SHOW)
    public RateChangeParameters[] changes = {};

    @Widget(
            title = "Warm-up",
            description = "Whether the rate first goes up in a straight line to the optimizer's; the schedule's steps"
                    + " count from there.")
    @ValueReference(WarmUpReference.class)
    public boolean warmUp;

    @Widget(title = "Warm-up steps", description = "How many steps the warm-up takes.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = IsWarmUp.class, type = EffectType.SHOW)
    public int warmUpSteps = 1000;

    @Widget(title = "Warm-up from", description = "The learning rate of step 0, at least 0.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = IsWarmUp.class, type = EffectType.SHOW)
    public double warmUpFrom;

    public Schedule toConfig() {
        final Schedule main =
                switch (schedule) {
                    case CONSTANT -> new Schedule.Constant();
                    case EXPONENTIAL ->
                        new Schedule.Exponential(
                                decaySteps,
                                decayRate,
                                staircase ? Schedule.Exponential.Form.STAIRCASE : Schedule.Exponential.Form.SMOOTH);
                    case COSINE -> new Schedule.Cosine(decaySteps, alpha);
                    case PIECEWISE ->
                        new Schedule.Piecewise(Arrays.stream(changes)
                                .map(RateChangeParameters::toConfig)
                                .toList());
                };
        return warmUp ? new Schedule.WarmUp(warmUpSteps, warmUpFrom, main) : main;
    }
}
