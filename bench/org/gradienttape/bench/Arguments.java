package org.gradienttape.bench;

import java.util.Arrays;
import java.util.List;

/**
 * What stands behind {@code ./gradienttape bench NAME}.
 *
 * @param rounds how often everyone's turn comes
 * @param peers whether other libraries take part
 */
record Arguments(int rounds, boolean peers) {
    private static final String PEERS = "--peers";

    static Arguments of(final String[] given, final int rounds) {
        final List<String> numbers =
                Arrays.stream(given).filter(each -> !each.equals(PEERS)).toList();
        return new Arguments(
                numbers.isEmpty() ? rounds : Integer.parseInt(numbers.get(0)), numbers.size() < given.length);
    }

    /** Runs with peers have result files of their own, so that a short run does not replace a long one. */
    String file(final String name) {
        return peers ? name + "-peers" : name;
    }
}
