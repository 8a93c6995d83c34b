package org.gradienttape.nodes.training;

import java.util.Optional;
import java.util.function.DoubleFunction;
import org.gradienttape.callback.PlateauConfig;
import org.gradienttape.callback.Watch;
import org.gradienttape.nodes.BelowOne;
import org.gradienttape.nodes.WhenChecked;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;

/** Whether the learning rate gets smaller when a number stops getting better; the defaults are Keras'. */
@LoadDefaultsForAbsentFields
public class PlateauNumbers implements NodeParameters {
    public static final class EnabledReference implements ParameterReference<Boolean> {}

    public static final class IsEnabled extends WhenChecked {
        IsEnabled() {
            super(EnabledReference.class);
        }
    }

    @Widget(
            title = "Reduce on plateau",
            description = "Makes the learning rate smaller when the watched number has not improved for some epochs."
                    + " With a schedule, it is the scheduled rate that gets smaller.")
    @ValueReference(EnabledReference.class)
    public boolean enabled;

    @Widget(
            title = "Minimum change",
            description = "By how much the number must get better to count as better; at least 0.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    public double minimumChange = 1e-4;

    @Widget(
            title = "Patience",
            description = "After how many epochs in a row without a better number the rate gets smaller; at least 0.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    public int patience = 10;

    @Widget(title = "Factor", description = "What the rate is multiplied by, above 0 and below 1.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class, maxValidation = BelowOne.class)
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    public double factor = 0.1;

    @Widget(title = "Cooldown", description = "How many epochs after a reduction do not count; at least 0.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    public int cooldown;

    @Widget(title = "Smallest rate", description = "The rate is not made smaller than this; at least 0.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    public double smallestRate;

    /**
     * What was chosen.
     *
     * @param watch makes the watched number from its minimum change
     */
    public final Optional<PlateauConfig> toConfig(final DoubleFunction<Watch> watch) {
        return enabled
                ? Optional.of(new PlateauConfig(watch.apply(minimumChange), factor, patience, cooldown, smallestRate))
                : Optional.empty();
    }
}
