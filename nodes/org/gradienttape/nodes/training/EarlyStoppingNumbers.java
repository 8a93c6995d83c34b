package org.gradienttape.nodes.training;

import java.util.Optional;
import java.util.function.DoubleFunction;
import org.gradienttape.callback.EarlyStoppingConfig;
import org.gradienttape.callback.Watch;
import org.gradienttape.nodes.WhenChecked;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;

/** Whether training ends when a number stops getting better; the defaults are Keras'. */
@LoadDefaultsForAbsentFields
public class EarlyStoppingNumbers implements NodeParameters {
    public static final class EnabledReference implements ParameterReference<Boolean> {}

    public static final class IsEnabled extends WhenChecked {
        IsEnabled() {
            super(EnabledReference.class);
        }
    }

    @Widget(
            title = "Early stopping",
            description = "Ends training when the watched number has not improved for some epochs. The epoch log says"
                    + " why training ended.")
    @ValueReference(EnabledReference.class)
    public boolean enabled;

    @Widget(
            title = "Minimum change",
            description = "By how much the number must get better to count as better; at least 0.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    @Advanced
    public double minimumChange;

    @Widget(
            title = "Patience",
            description = "After how many epochs in a row without a better number training ends; at least 0. With 0 and"
                    + " 1 the first such epoch ends it, as in Keras.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    public int patience;

    @Widget(
            title = "Keep best weights",
            description = "Whether what is trained gets the weights of the best epoch instead of the last one; also"
                    + " when all epochs are done.")
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    public boolean keepBestWeights;

    /**
     * What was chosen.
     *
     * @param watch makes the watched number from its minimum change
     */
    public final Optional<EarlyStoppingConfig> toConfig(final DoubleFunction<Watch> watch) {
        return enabled
                ? Optional.of(new EarlyStoppingConfig(
                        watch.apply(minimumChange),
                        patience,
                        keepBestWeights ? EarlyStoppingConfig.Kept.BEST : EarlyStoppingConfig.Kept.LAST))
                : Optional.empty();
    }
}
