package org.knime.node.parameters.persistence;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Changes the key under which a field is stored. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Persist {

    /** The key; empty: the field's name. */
    String configKey() default "";

    /** Whether "_Internals" is appended to the key, which keeps flow variables away from it. */
    boolean hidden() default false;
}
