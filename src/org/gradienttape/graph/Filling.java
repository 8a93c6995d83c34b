package org.gradienttape.graph;

import java.util.Arrays;

/**
 * The text of a convolution with further channels, which hold zeros and are left out of the results: they change no sum.
 *
 * @param filters of all groups
 * @param channels of a group
 * @param moreFilters that are added
 * @param moreChannels that are added to each group
 * @param isLaid whether images and kernels are laid channel by channel, wherever they come from
 */
public record Filling(long filters, long channels, long groups, long moreFilters, long moreChannels, boolean isLaid) {
    boolean isNothing() {
        return moreFilters == 0 && moreChannels == 0;
    }

    /**
     * Images, [batch, groups x channels, height, width].
     *
     * @param text the expression for them
     */
    public String images(final String text, final long height, final long width) {
        if (moreChannels == 0 || groups == 1) {
            return laid(padded(text, 0, 0, 0, 0, 0, moreChannels));
        }
        final String inGroups = padded(reshaped(text, channels, height, width), 0, 0, 0, 0, 0, moreChannels);
        return laid(reshaped(inGroups, groups * (channels + moreChannels), height, width));
    }

    /** Images of the result, without the channels that were added. */
    public String ownImages(final String text, final long height, final long width) {
        if (moreChannels == 0 || groups == 1) {
            return cut(text, 1, channels, moreChannels);
        }
        final String inGroups = reshaped(text, channels + moreChannels, height, width);
        return reshaped(cut(inGroups, 1, channels, moreChannels), groups * channels, height, width);
    }

    /** Convolved images, [batch, filters, height, width]. */
    public String convolved(final String text) {
        return laid(padded(text, 0, 0, 0, 0, 0, moreFilters));
    }

    /** Convolved images of the result, without the filters that were added. */
    public String ownConvolved(final String text) {
        return cut(text, 1, filters, moreFilters);
    }

    /** A kernel, [filters, channels, height, width]. */
    public String kernel(final String text) {
        return laid(padded(text, 0, 0, 0, 0, 0, moreChannels, 0, moreFilters));
    }

    /** The kernel of the result, without what was added. */
    public String ownKernel(final String text) {
        return cut(cut(text, 0, filters, moreFilters), 1, channels, moreChannels);
    }

    /** A bias for each filter. */
    String biasOfFilters(final String text) {
        return padded(text, 0, moreFilters);
    }

    /** A bias for each channel of all groups. */
    String biasOfChannels(final String text) {
        if (moreChannels == 0) {
            return text;
        }
        return "torch.flatten("
                + padded("torch.reshape(" + text + ", [" + groups + ", " + channels + "])", 0, moreChannels)
                + ", 0, 1)";
    }

    private static String padded(final String text, final long... pads) {
        return Arrays.stream(pads).allMatch(pad -> pad == 0)
                ? text
                : TorchExpression.call("constant_pad_nd", text, TorchExpression.list(pads), 0);
    }

    private String laid(final String text) {
        return isLaid ? "torch.contiguous(" + text + ")" : text;
    }

    private static String cut(final String text, final int axis, final long own, final long more) {
        return more == 0 ? text : "torch.contiguous(torch.slice(" + text + ", " + axis + ", 0, " + own + ", 1))";
    }

    private static String reshaped(final String text, final long channels, final long height, final long width) {
        return TorchExpression.call("reshape", text, TorchExpression.list(-1, channels, height, width));
    }
}
