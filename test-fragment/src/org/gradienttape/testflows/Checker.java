package org.gradienttape.testflows;

import java.util.Optional;
import org.knime.core.data.DataCell;
import org.knime.core.data.DoubleValue;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;

/** How KNIME's difference checkers compare the cells of one column. */
sealed interface Checker {
    /** Where the checkers of KNIME's testing framework are. */
    String PACKAGE = "org.knime.testing.internal.diffcheckers.";

    String EQUALITY = PACKAGE + "EqualityChecker$Factory";
    String EPSILON = PACKAGE + "EpsilonNumberChecker$Factory";
    String IGNORE = PACKAGE + "IgnoreChecker$Factory";

    /** Why a cell that is not missing is not the expected one. */
    Optional<String> difference(DataCell expected, DataCell found);

    static Checker load(final NodeSettingsRO column) throws InvalidSettingsException {
        final String factory = column.getString("checkerFactory");
        if (factory.equals(IGNORE)) {
            return new Ignored();
        }
        final NodeSettingsRO internals = column.getNodeSettings("internals");
        for (final String key : new String[] {
            "ignoreColumnProperties", "ignoreColumnElementNames", "ignoreDomain", "ignoreDomainPossibleValuesOrdering"
        }) {
            internals.getBoolean(key);
        }
        if (factory.equals(EPSILON)) {
            return new Near(internals.getDouble("epsilon"));
        } else if (factory.equals(EQUALITY)) {
            return new Equal();
        }
        throw new InvalidSettingsException("Unknown difference checker factory: " + factory);
    }

    /** Anything goes. */
    record Ignored() implements Checker {
        @Override
        public Optional<String> difference(final DataCell expected, final DataCell found) {
            return Optional.empty();
        }
    }

    /** The same cell. */
    record Equal() implements Checker {
        @Override
        public Optional<String> difference(final DataCell expected, final DataCell found) {
            return expected.equals(found)
                    ? Optional.empty()
                    : Optional.of("expected '" + expected + "', got '" + found + "'");
        }
    }

    /** Numbers that are not further apart. */
    record Near(double epsilon) implements Checker {
        @Override
        public Optional<String> difference(final DataCell expected, final DataCell found) {
            final double wanted = ((DoubleValue) expected).getDoubleValue();
            final double got = ((DoubleValue) found).getDoubleValue();
            // written so that a number that is none is a difference
            return Math.abs(wanted - got) <= epsilon
                    ? Optional.empty()
                    : Optional.of("expected " + wanted + ", got " + got + ", more than " + epsilon + " apart");
        }
    }
}
