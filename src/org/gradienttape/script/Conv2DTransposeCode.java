package org.gradienttape.script;

import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Window;

/**
 * The gradient of a convolution by its input, with the kernel as [height, width, out, in] like Keras: what
 * {@link Conv2DCode} with the same window leaves away at the edges of the output, this leaves away too.
 */
final class Conv2DTransposeCode implements LayerCode {
    private final ImageLayer.Conv2DTranspose layer;
    private final Site site;

    Conv2DTransposeCode(final ImageLayer.Conv2DTranspose layer, final Site site) {
        this.layer = layer;
        this.site = site;
    }

    @Override
    public Written forward(final Pass pass, final String input) {
        final Window window = layer.window();
        final Shape output = site.node().output();
        final Padding.Pad rows = window.rows(output);
        final Padding.Pad columns = window.columns(output);
        final String images = pass.let(site.name() + "_images", ImageCode.channelsFirst(input));
        final String filters = pass.let(site.name() + "_filters", ImageCode.filters(site.weight("kernel")));
        final String planes = pass.let(
                site.name() + "_planes",
                "torch.conv_transpose2d(" + images + ", " + filters + ", "
                        + (layer.useBias() ? site.weight("bias") : "None") + ", " + ImageCode.strides(window) + ", "
                        + ImageCode.pair(rows.before(), columns.before()) + ", "
                        + ImageCode.pair(
                                missing(window.strideHeight(), window.height()),
                                missing(window.strideWidth(), window.width()))
                        + ", 1, [1, 1])");
        final String cut = cut(3, columns, output.dimension(1), cut(2, rows, output.dimension(0), planes));
        return Activated.of(
                layer.activation(),
                pass,
                site,
                Written.withoutGradient(pass.let(site.name(), ImageCode.channelsLast(cut))));
    }

    /** Lines to add at the end, since the window does not reach there. */
    private static int missing(final int stride, final int window) {
        return Math.max(stride - window, 0);
    }

    /** Without the line too many at the end: the engine takes the same number of lines away at both ends. */
    private static String cut(final int axis, final Padding.Pad pad, final int size, final String planes) {
        return pad.after() == pad.before() ? planes : "torch.slice(" + planes + ", " + axis + ", 0, " + size + ", 1)";
    }
}
