package org.gradienttape.script;

import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Window;

/** The largest number or the mean of each window, channel by channel. */
final class PoolingCode {
    private PoolingCode() {}

    /** Padding is smaller than any number. */
    static LayerCode largest(final Window window, final Site site) {
        return (pass, input) -> {
            final String images = padded(pass, site, window, input, "-inf");
            final String planes = pass.let(
                    site.name() + "_planes",
                    "torch.max_pool2d(" + images + ", " + ImageCode.size(window) + ", " + ImageCode.strides(window)
                            + ", [0, 0], [1, 1], False)");
            return Written.withoutGradient(pass.let(site.name(), ImageCode.channelsLast(planes)));
        };
    }

    /** Padding does not count: the mean with zeros is divided by the share of real pixels. */
    static LayerCode mean(final Window window, final Site site) {
        return (pass, input) -> {
            final String images = padded(pass, site, window, input, "0.");
            final String planes = pass.let(site.name() + "_planes", means(images, window));
            final String output = isPadded(window, site.node().input())
                    ? "torch.div(" + planes + ", " + share(pass, site, window) + ")"
                    : planes;
            return Written.withoutGradient(pass.let(site.name(), ImageCode.channelsLast(output)));
        };
    }

    private static String share(final Pass pass, final Site site, final Window window) {
        final Shape shape = site.node().input();
        final String ones = pass.let(
                site.name() + "_ones",
                "torch.ones([1, 1, " + shape.dimension(0) + ", " + shape.dimension(1) + "], dtype=6, device="
                        + site.name() + "_images.device)");
        return pass.let(site.name() + "_share", means(ImageCode.pad(ones, window, shape, "0."), window));
    }

    private static String means(final String images, final Window window) {
        return "torch.avg_pool2d(" + images + ", " + ImageCode.size(window) + ", " + ImageCode.strides(window)
                + ", [0, 0], False, True, None)";
    }

    private static String padded(
            final Pass pass, final Site site, final Window window, final String input, final String value) {
        final String images = pass.let(site.name() + "_images", ImageCode.channelsFirst(input));
        return isPadded(window, site.node().input())
                ? pass.let(
                        site.name() + "_padded",
                        ImageCode.pad(images, window, site.node().input(), value))
                : images;
    }

    private static boolean isPadded(final Window window, final Shape shape) {
        return window.rows(shape).after() + window.columns(shape).after() > 0;
    }
}
