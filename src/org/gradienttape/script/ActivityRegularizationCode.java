package org.gradienttape.script;

import org.gradienttape.layer.Layer;

/** Passes its input on and adds l1 * sum(|x|) + l2 * sum(x * x) over the batch to the loss. */
final class ActivityRegularizationCode implements LayerCode {
    private final Layer.ActivityRegularization layer;
    private final Site site;

    ActivityRegularizationCode(final Layer.ActivityRegularization layer, final Site site) {
        this.layer = layer;
        this.site = site;
    }

    @Override
    public Written forward(final Pass pass, final String input) {
        final String name = site.name() + "_loss";
        if (layer.l1() > 0) {
            pass.addLoss(
                    pass.let(name, "torch.mul(torch.sum(torch.abs(" + input + ")), " + Body.number(layer.l1()) + ")"));
        }
        if (layer.l2() > 0) {
            pass.addLoss(pass.let(
                    name, "torch.mul(torch.sum(torch.square(" + input + ")), " + Body.number(layer.l2()) + ")"));
        }
        return Written.of(input, ofOutput -> withOwn(ofOutput, input));
    }

    /** The gradient that comes from behind, and that of the loss added here: l1 * sign(x) + 2 * l2 * x. */
    private String withOwn(final String ofOutput, final String input) {
        String sum = ofOutput;
        if (layer.l1() > 0) {
            sum = "torch.add(" + sum + ", torch.sign(" + input + "), alpha=" + Body.number(layer.l1()) + ")";
        }
        if (layer.l2() > 0) {
            sum = "torch.add(" + sum + ", " + input + ", alpha=" + Body.number(2 * layer.l2()) + ")";
        }
        return sum;
    }
}
