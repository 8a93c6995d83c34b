package org.knime.node.parameters.widget.text;

import org.knime.node.parameters.validation.BuiltinValidation;

/** A limit of a text field. */
public sealed interface TextInputWidgetValidation extends BuiltinValidation {

    /** A regular expression that the whole text must match. */
    abstract non-sealed class PatternValidation implements TextInputWidgetValidation {

        protected abstract String getPattern();

        /** At least one character that is no white space. */
        public static final class IsNotBlankValidation extends PatternValidation {

            @Override
            public String getPattern() {
                return ".*\\S.*";
            }
        }
    }
}
