package org.gradienttape.script;

import java.util.Optional;

/**
 * What the statements of a forward pass leave.
 *
 * @param output the name of the variable that holds it
 * @param gradient how to write the way back; empty where the engine's own automatic differentiation must do it
 */
record Written(String output, Optional<Gradient> gradient) {
    /** Writes the way back through statements that are written already. */
    @FunctionalInterface
    interface Gradient {
        /**
         * Writes the gradients of weights.
         *
         * @param ofOutput expression for the loss' gradient by the output
         * @return expression for the loss' gradient by the input; not written yet, since the first layer needs none
         */
        String write(String ofOutput);
    }

    static Written of(final String output, final Gradient gradient) {
        return new Written(output, Optional.of(gradient));
    }

    static Written withoutGradient(final String output) {
        return new Written(output, Optional.empty());
    }
}
