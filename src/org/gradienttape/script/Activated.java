package org.gradienttape.script;

import org.gradienttape.layer.Activation;

/** The function that a layer applies to its own output. */
final class Activated {
    private Activated() {}

    /** Writes the activation behind the layer's statements, and the way back through both. */
    static Written of(final Activation activation, final Pass pass, final Site site, final Written layer) {
        return Elementwise.of(activation)
                .map(function ->
                        chain(layer, function.forward(pass, site.name() + "_output", layer.output()), pass, site))
                .orElse(layer);
    }

    private static Written chain(final Written layer, final Written function, final Pass pass, final Site site) {
        return new Written(
                function.output(),
                layer.gradient()
                        .map(back -> ofOutput -> back.write(pass.let(
                                site.name() + "_gradient",
                                function.gradient().orElseThrow().write(ofOutput)))));
    }
}
