package org.gradienttape.script;

import org.gradienttape.layer.Layer;

/** activation(input x kernel + bias): [batch, in] to [batch, units], with the kernel as [in, units] like Keras. */
final class DenseCode implements LayerCode {
    private final Layer.Dense layer;
    private final Site site;

    DenseCode(final Layer.Dense layer, final Site site) {
        this.layer = layer;
        this.site = site;
    }

    @Override
    public Written forward(final Pass pass, final String input) {
        final String kernel = site.weight("kernel");
        final String sums = pass.let(
                site.name(),
                layer.useBias()
                        ? "torch.addmm(" + site.weight("bias") + ", " + input + ", " + kernel + ")"
                        : "torch.mm(" + input + ", " + kernel + ")");
        return Activated.of(layer.activation(), pass, site, Written.of(sums, ofSums -> {
            pass.gradient(site.tensor("kernel"), "torch.mm(torch.t(" + input + "), " + ofSums + ")");
            if (layer.useBias()) {
                pass.gradient(site.tensor("bias"), "torch.sum(" + ofSums + ", [0])");
            }
            return "torch.mm(" + ofSums + ", torch.t(" + kernel + "))";
        }));
    }
}
