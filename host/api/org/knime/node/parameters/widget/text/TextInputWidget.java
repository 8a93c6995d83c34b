package org.knime.node.parameters.widget.text;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.knime.node.parameters.widget.text.TextInputWidgetValidation.PatternValidation;

/** The limits of a text field; the dialog alone checks them. A member that is left out sets no limit. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface TextInputWidget {

    String placeholder() default "";

    Class<? extends PatternValidation> patternValidation() default PatternValidation.class;
}
