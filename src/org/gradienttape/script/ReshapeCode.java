package org.gradienttape.script;

import org.gradienttape.layer.Shape;

/** The same numbers in the layer's output shape; serves Reshape and Flatten. */
final class ReshapeCode implements LayerCode {
    private final Site site;

    ReshapeCode(final Site site) {
        this.site = site;
    }

    @Override
    public Written forward(final Pass pass, final String input) {
        final String output = pass.let(site.name(), reshape(input, site.node().output()));
        return Written.of(output, ofOutput -> reshape(ofOutput, site.node().input()));
    }

    private static String reshape(final String batch, final Shape sample) {
        final StringBuilder sizes = new StringBuilder("-1");
        sample.dimensions().forEach(size -> sizes.append(", ").append(size));
        return "torch.reshape(" + batch + ", [" + sizes + "])";
    }
}
