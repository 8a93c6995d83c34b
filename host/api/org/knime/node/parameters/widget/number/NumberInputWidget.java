package org.knime.node.parameters.widget.number;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation;

/**
 * The limits of a number field. The dialog alone checks them: a loaded value needs a check in {@code validate()} too.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface NumberInputWidget {

    /** Without it, KNIME takes the smallest value of the field's type. */
    Class<? extends MinValidation> minValidation() default MinValidation.class;

    /** Without it, KNIME takes the greatest value of the field's type. */
    Class<? extends MaxValidation> maxValidation() default MaxValidation.class;
}
