package org.knime.node.parameters.widget.text;

import org.knime.node.parameters.validation.BuiltinValidation;

/** A limit of a text field. */
public sealed interface TextInputWidgetValidation extends BuiltinValidation {

    /** A regular expression that the whole text must match. */
    abstract non-sealed class PatternValidation implements TextInputWidgetValidation {

        protected abstract String getPattern();

        @Override
        public String getErrorMessage() {
            return "The text must match the pattern " + getPattern() + ".";
        }

        /** At least one character that is no white space. */
        public static final class IsNotBlankValidation extends PatternValidation {

            @Override
            public String getPattern() {
                return ".*\\S.*";
            }

            @Override
            public String getErrorMessage() {
                return "The field must not be blank.";
            }
        }

        /** At least one character. */
        public static final class IsNotEmptyValidation extends MinLengthValidation {

            @Override
            protected int getMinLength() {
                return 1;
            }

            @Override
            public String getErrorMessage() {
                return "The field must not be empty.";
            }
        }
    }

    /** The least number of characters. */
    abstract non-sealed class MinLengthValidation implements TextInputWidgetValidation {

        protected abstract int getMinLength();

        @Override
        public String getErrorMessage() {
            return "The text needs at least " + getMinLength() + " characters.";
        }
    }

    /** The greatest number of characters. */
    abstract non-sealed class MaxLengthValidation implements TextInputWidgetValidation {

        protected abstract int getMaxLength();

        @Override
        public String getErrorMessage() {
            return "The text must not have more than " + getMaxLength() + " characters.";
        }
    }
}
