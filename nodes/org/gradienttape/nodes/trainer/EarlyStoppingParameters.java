package org.gradienttape.nodes.trainer;

import java.util.Optional;
import org.gradienttape.callback.EarlyStoppingConfig;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.nodes.training.EarlyStoppingNumbers;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;

/** Early stopping, and the number that decides it. */
@LoadDefaultsForAbsentFields
final class EarlyStoppingParameters extends EarlyStoppingNumbers {
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    WatchParameters watch = new WatchParameters();

    Optional<EarlyStoppingConfig> toConfig(final MetricsConfig metrics) {
        return toConfig(minimum -> watch.toConfig(minimum, metrics));
    }
}
