package org.gradienttape.script;

import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Window;

/** Slides the kernel, [height, width, in, out] like Keras, over images of [batch, height, width, in]. */
final class Conv2DCode implements LayerCode {
    /** Up to this many filters are computed by {@link #spread}. */
    private static final int MOST_SPREAD_FILTERS = 3;

    private final ImageLayer.Conv2D layer;
    private final Site site;

    Conv2DCode(final ImageLayer.Conv2D layer, final Site site) {
        this.layer = layer;
        this.site = site;
    }

    @Override
    public Written forward(final Pass pass, final String input) {
        final String output = isSpread() ? spread(pass, input) : convolve(pass, input);
        return Activated.of(layer.activation(), pass, site, Written.withoutGradient(output));
    }

    private String convolve(final Pass pass, final String input) {
        final Window window = layer.window();
        final Shape shape = site.node().input();
        final String images = pass.let(site.name() + "_images", ImageCode.channelsFirst(input));
        final String padded =
                isEven() ? images : pass.let(site.name() + "_padded", ImageCode.pad(images, window, shape, "0."));
        final String padding = isEven()
                ? ImageCode.pair(
                        window.rows(shape).before(), window.columns(shape).before())
                : ImageCode.pair(0, 0);
        final String filters = pass.let(site.name() + "_filters", ImageCode.filters(site.weight("kernel")));
        final String planes = pass.let(
                site.name() + "_planes",
                "torch.conv2d(" + padded + ", " + filters + ", " + (layer.useBias() ? site.weight("bias") : "None")
                        + ", " + ImageCode.strides(window) + ", " + padding + ", [1, 1], 1)");
        return pass.let(site.name(), ImageCode.channelsLast(planes));
    }

    /**
     * Each pixel of the input adds the mirrored kernel, weighted by its channels, to the output around it: the same sums,
     * as one multiplication of matrices and one addition of windows. The engine's convolution computes 16 filters at a
     * time, used or not, and takes 4 times as long for one filter.
     */
    private String spread(final Pass pass, final String input) {
        final Window window = layer.window();
        final Shape in = site.node().input();
        final Shape out = site.node().output();
        final int pixels = in.dimension(0) * in.dimension(1);
        final int channels = in.last();
        final String mirrored = pass.let(
                site.name() + "_mirrored",
                "torch.reshape(torch.permute(torch.flip(" + site.weight("kernel") + ", [0, 1]), [3, 0, 1, 2]), ["
                        + window.area() * layer.filters() + ", " + channels + "])");
        final String columns = pass.let(
                site.name() + "_columns",
                "torch.matmul(" + mirrored + ", torch.permute(torch.reshape(" + input + ", [-1, " + pixels + ", "
                        + channels + "]), [0, 2, 1]))");
        final String planes = pass.let(
                site.name() + "_planes",
                "torch.col2im(" + columns + ", " + ImageCode.pair(out.dimension(0), out.dimension(1)) + ", "
                        + ImageCode.size(window) + ", [1, 1], "
                        + ImageCode.pair(
                                window.height() - 1 - window.rows(in).before(),
                                window.width() - 1 - window.columns(in).before())
                        + ", [1, 1])");
        final String images = pass.let(site.name(), ImageCode.channelsLast(planes));
        return layer.useBias()
                ? pass.let(site.name(), "torch.add(" + images + ", " + site.weight("bias") + ")")
                : images;
    }

    private boolean isSpread() {
        return layer.filters() <= MOST_SPREAD_FILTERS
                && layer.window().strideHeight() == 1
                && layer.window().strideWidth() == 1
                && isEven();
    }

    /** Whether the same number of lines is added on both sides, which the engine does by itself. */
    private boolean isEven() {
        final Padding.Pad rows = layer.window().rows(site.node().input());
        final Padding.Pad columns = layer.window().columns(site.node().input());
        return rows.before() == rows.after() && columns.before() == columns.after();
    }
}
