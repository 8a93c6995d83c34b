package org.gradienttape.nodes.training;

import java.util.Optional;
import org.gradienttape.callback.EarlyStoppingConfig;
import org.gradienttape.metric.MetricsConfig;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;

/** Early stopping, and the number that decides it. */
@LoadDefaultsForAbsentFields
public final class EarlyStoppingParameters extends EarlyStoppingNumbers {
    @Effect(predicate = IsEnabled.class, type = EffectType.SHOW)
    public WatchParameters watch = new WatchParameters();

    public Optional<EarlyStoppingConfig> toConfig(final MetricsConfig metrics) {
        return toConfig(minimum -> watch.toConfig(minimum, metrics));
    }
}
