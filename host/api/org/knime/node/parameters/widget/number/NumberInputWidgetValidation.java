package org.knime.node.parameters.widget.number;

import org.knime.node.parameters.validation.BuiltinValidation;

/** A limit of a number field. */
public sealed interface NumberInputWidgetValidation extends BuiltinValidation {

    /** Whether the limit itself is refused. */
    default boolean isExclusive() {
        return false;
    }

    /** A lower limit. */
    abstract non-sealed class MinValidation implements NumberInputWidgetValidation {

        protected abstract double getMin();

        /** At least 0. */
        public static final class IsNonNegativeValidation extends MinValidation {

            @Override
            public double getMin() {
                return 0;
            }
        }

        /** At least 1. */
        public static final class IsPositiveIntegerValidation extends MinValidation {

            @Override
            public double getMin() {
                return 1;
            }
        }

        /** Greater than 0. */
        public static final class IsPositiveDoubleValidation extends MinValidation {

            @Override
            public double getMin() {
                return 0;
            }

            @Override
            public boolean isExclusive() {
                return true;
            }
        }
    }

    /** An upper limit. */
    abstract non-sealed class MaxValidation implements NumberInputWidgetValidation {

        protected abstract double getMax();
    }
}
