package org.gradienttape.script;

import org.gradienttape.layer.NormalizationLayer;

/** Brings numbers to mean 0 and variance 1, then scales and shifts them where the layer does. */
final class NormalizationCode {
    private NormalizationCode() {}

    /**
     * Each channel over the batch, as Keras 3 does it: the variance divides by the number of values, for the running
     * variance too.
     */
    static LayerCode byBatch(final NormalizationLayer.BatchNormalization layer, final Site site) {
        return (pass, input) -> {
            final String name = site.name();
            final int channels = site.node().input().last();
            final String rows = pass.let(name + "_rows", "torch.reshape(" + input + ", [-1, " + channels + "])");
            String mean = site.weight("moving_mean");
            String variance = site.weight("moving_variance");
            String centered = pass.isTraining() ? "" : pass.let(name + "_centered", sub(rows, mean));
            if (pass.isTraining()) {
                mean = pass.let(name + "_mean", "torch.mean(" + rows + ", [0])");
                centered = pass.let(name + "_centered", sub(rows, mean));
                variance = pass.let(name + "_variance", "torch.mean(torch.square(" + centered + "), [0])");
            }
            if (pass.updatesStatistics()) {
                move(pass, layer, site.weight("moving_mean"), mean);
                move(pass, layer, site.weight("moving_variance"), variance);
            }
            final String scaled = scaled(pass, layer, site, centered, variance);
            return Written.withoutGradient(pass.let(name, "torch.reshape(" + scaled + ", torch.size(" + input + "))"));
        };
    }

    /** Along the last axis, each sample (and pixel) for itself. */
    static LayerCode byLastAxis(final NormalizationLayer.LayerNormalization layer, final Site site) {
        return (pass, input) -> {
            final String name = site.name();
            final String mean = "torch.mean(" + input + ", [-1], True)";
            final String centered = pass.let(name + "_centered", sub(input, mean));
            final String variance =
                    pass.let(name + "_variance", "torch.mean(torch.square(" + centered + "), [-1], True)");
            return Written.withoutGradient(scaled(pass, layer, site, centered, variance));
        };
    }

    private static String scaled(
            final Pass pass,
            final NormalizationLayer layer,
            final Site site,
            final String centered,
            final String variance) {
        String output = pass.let(
                site.name() + "_normalized",
                "torch.div(" + centered + ", torch.sqrt(torch.add(" + variance + ", " + Body.number(layer.epsilon())
                        + ")))");
        if (layer.scale()) {
            output = pass.let(site.name() + "_scaled", "torch.mul(" + output + ", " + site.weight("gamma") + ")");
        }
        if (layer.center()) {
            output = pass.let(site.name() + "_shifted", "torch.add(" + output + ", " + site.weight("beta") + ")");
        }
        return output;
    }

    /** running = momentum * running + (1 - momentum) * batch, in place and without a gradient. */
    private static void move(
            final Pass pass,
            final NormalizationLayer.BatchNormalization layer,
            final String running,
            final String ofBatch) {
        pass.body().line("torch.mul_(" + running + ", " + Body.number(layer.momentum()) + ")");
        pass.body()
                .line("torch.add_(" + running + ", torch.detach(" + ofBatch + "), alpha="
                        + Body.number(1 - layer.momentum()) + ")");
    }

    private static String sub(final String a, final String b) {
        return "torch.sub(" + a + ", " + b + ")";
    }
}
