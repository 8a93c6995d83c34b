package org.knime.node.parameters.updates;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Shows, hides, enables or disables a field of the dialog depending on others. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Effect {

    Class<? extends EffectPredicateProvider> predicate();

    EffectType type();

    /** What happens while the predicate holds; the opposite happens while it does not. */
    enum EffectType {
        ENABLE,
        DISABLE,
        SHOW,
        HIDE
    }
}
