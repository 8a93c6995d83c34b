package org.gradienttape.pretrained;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.AttentionLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.SequenceLayer;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.layer.WrapperLayer;

/** In which order the axes of kernels stand in a file. */
public enum Layout {
    /** As here and in Keras: windows, inputs, outputs. */
    KERAS,
    /** As in PyTorch: outputs, inputs, windows; transposed convolutions have inputs before outputs. */
    PYTORCH;

    /**
     * The sizes that a weight has in the file.
     *
     * @throws InvalidInputException if there is no such form of the weight
     */
    List<Long> sizes(final Network.Node node, final WeightSpec weight) {
        final List<Long> ours =
                weight.shape().dimensions().stream().map(Integer::longValue).toList();
        return turned(node, weight).map(Layout::inFile).orElse(ours);
    }

    /** The numbers of a weight, as they stand in the file, in our order. */
    float[] ours(final Network.Node node, final WeightSpec weight, final float[] numbers) {
        return turned(node, weight)
                .map(kernel -> windowsFirst(numbers, inFile(kernel)))
                .orElse(numbers);
    }

    /** The sizes of a kernel as windows, second axis and first axis of the file; empty if it stands there as here. */
    private Optional<List<Long>> turned(final Network.Node node, final WeightSpec weight) {
        final Layer layer = node.layer() instanceof WrapperLayer.TimeDistributed each ? each.layer() : node.layer();
        if (this == KERAS) {
            return Optional.empty();
        }
        if (layer instanceof RecurrentLayer || layer instanceof WrapperLayer || layer instanceof AttentionLayer) {
            throw new InvalidInputException(
                    "Weights of recurrent layers and of attention stand in another order in PyTorch,"
                            + " so that those of " + node.name()
                            + " cannot be taken; leave such layers out, or export the model"
                            + " from Keras.");
        }
        if (weight.shape().rank() < 2
                || !(layer instanceof Layer.Dense || layer instanceof ImageLayer || layer instanceof SequenceLayer)) {
            return Optional.empty();
        }
        final List<Long> sizes = new ArrayList<>(
                weight.shape().dimensions().stream().map(Integer::longValue).toList());
        if (isByChannel(layer, weight)) { // each channel is a group of its own
            final long filters = sizes.remove(sizes.size() - 1) * sizes.remove(sizes.size() - 1);
            sizes.add(1L);
            sizes.add(filters);
        }
        return Optional.of(sizes);
    }

    private static boolean isByChannel(final Layer layer, final WeightSpec weight) {
        return layer instanceof ImageLayer.DepthwiseConv2D
                || layer instanceof ImageLayer.SeparableConv2D && weight.name().startsWith("depthwise");
    }

    private static List<Long> inFile(final List<Long> kernel) {
        final int rank = kernel.size();
        final List<Long> sizes = new ArrayList<>(List.of(kernel.get(rank - 1), kernel.get(rank - 2)));
        sizes.addAll(kernel.subList(0, rank - 2));
        return sizes;
    }

    /** From first axis, second axis, windows to windows, second axis, first axis. */
    private static float[] windowsFirst(final float[] numbers, final List<Long> sizes) {
        final int first = sizes.get(0).intValue();
        final int second = sizes.get(1).intValue();
        final int window = numbers.length / first / second;
        final float[] turned = new float[numbers.length];
        for (int i = 0; i < first; i++) {
            for (int j = 0; j < second; j++) {
                for (int k = 0; k < window; k++) {
                    turned[(k * second + j) * first + i] = numbers[(i * second + j) * window + k];
                }
            }
        }
        return turned;
    }
}
