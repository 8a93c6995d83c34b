package org.knime.node.parameters.array;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How the dialog shows an array of groups. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface ArrayWidget {

    String addButtonText() default "";

    String elementTitle() default "";

    boolean showSortButtons() default false;
}
