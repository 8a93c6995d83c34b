package org.gradienttape.layer;

import java.util.Collection;
import java.util.Locale;

/** Names of layers as Keras gives them. */
public final class LayerNames {
    private LayerNames() {}

    /** For example dense, then dense_1, dense_2; one that is not taken. */
    public static String free(final String type, final Collection<String> taken) {
        final String base = snakeCase(type);
        String name = base;
        for (int number = 1; taken.contains(name); number++) {
            name = base + "_" + number;
        }
        return name;
    }

    /** Whether a layer may be called so. */
    public static boolean isName(final String name) {
        return name.matches("[a-zA-Z][a-zA-Z0-9_]{0,199}");
    }

    /** Keras' rule: ActivityRegularization becomes activity_regularization, ReLU becomes re_lu. */
    private static String snakeCase(final String type) {
        final String snake = type.replaceAll("(.)([A-Z][a-z0-9]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_]", "_");
        return snake.matches("[a-z].*") ? snake : "layer_" + snake;
    }
}
