package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;

/** The masks of all dropout layers of a network for the batches of a call, in the order in which eager steps draw them. */
final class DropoutMasks {
    private final List<Site> sites = new ArrayList<>();

    /**
     * @param random of the run
     */
    DropoutMasks(final Network network, final RandomGenerator random) {
        for (final Network.Node node : network.nodes()) {
            if (node.layer() instanceof Layer.Dropout dropout && dropout.rate() > 0) {
                sites.add(new Site(new DropoutMask(dropout, random), node.output()));
            }
        }
    }

    /** One array for each layer, [samples of all batches, the layer's shape], float32. */
    List<NDArray> draw(final List<int[]> batches, final NDManager call) {
        final int samples = batches.stream().mapToInt(batch -> batch.length).sum();
        final List<ByteBuffer> masks =
                sites.stream().map(site -> site.buffer(samples)).toList();
        for (final int[] batch : batches) {
            for (int i = 0; i < sites.size(); i++) {
                sites.get(i).mask.draw(batch.length * sites.get(i).shape.size(), masks.get(i));
            }
        }
        final List<NDArray> arrays = new ArrayList<>();
        for (int i = 0; i < sites.size(); i++) {
            arrays.add(sites.get(i).array(samples, masks.get(i).flip(), call));
        }
        return arrays;
    }

    private record Site(DropoutMask mask, org.gradienttape.layer.Shape shape) {
        ByteBuffer buffer(final int samples) {
            return ByteBuffer.allocateDirect(Math.multiplyExact(Math.multiplyExact(samples, shape.size()), Float.BYTES))
                    .order(ByteOrder.nativeOrder());
        }

        NDArray array(final int samples, final ByteBuffer numbers, final NDManager call) {
            final Shape batch = new Shape(LongStream.concat(
                            LongStream.of(samples), shape.dimensions().stream().mapToLong(Integer::longValue))
                    .toArray());
            return call.create(numbers, batch, DataType.FLOAT32);
        }
    }
}
