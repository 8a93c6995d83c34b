package org.gradienttape.script;

import org.gradienttape.layer.Layer;

/**
 * While training, multiplies the input by a mask that the method gets as an argument: 0 for the numbers that are dropped,
 * 1 / (1 - rate) for the others.
 */
final class DropoutCode implements LayerCode {
    private final Layer.Dropout layer;
    private final Site site;

    DropoutCode(final Layer.Dropout layer, final Site site) {
        this.layer = layer;
        this.site = site;
    }

    /** The argument that holds the mask of a layer. */
    static String mask(final Site site) {
        return site.name() + "_mask";
    }

    @Override
    public Written forward(final Pass pass, final String input) {
        if (!pass.isTraining() || layer.rate() == 0) {
            return Written.of(input, ofOutput -> ofOutput);
        }
        final String output = pass.let(site.name(), "torch.mul(" + input + ", " + mask(site) + ")");
        return Written.of(output, ofOutput -> "torch.mul(" + ofOutput + ", " + mask(site) + ")");
    }
}
