package org.gradienttape.nodes;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the engine finds doubtful, as the one warning that a node can show. */
public final class Doubt {
    private Doubt() {}

    /**
     * Shows the sentences that there are.
     *
     * @param warning takes the warning of the node
     */
    public static void say(final Consumer<String> warning, final List<Optional<String>> sentences) {
        final String all = sentences.stream().flatMap(Optional::stream).collect(Collectors.joining("\n"));
        if (!all.isEmpty()) {
            warning.accept(all);
        }
    }
}
