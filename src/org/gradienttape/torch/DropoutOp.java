package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;
import org.gradienttape.layer.Layer;

/**
 * While training, sets each number to 0 with the layer's probability and scales the others by 1 / (1 - rate), so that
 * their mean stays. The masks come from the run's own generator, not from the engine's, which all runs of a process
 * share.
 */
final class DropoutOp implements LayerOp {
    private final double rate;
    private final RandomGenerator random;
    private ByteBuffer mask = ByteBuffer.allocateDirect(0);

    DropoutOp(final Layer.Dropout layer, final LayerOps.Site site) {
        this.rate = layer.rate();
        this.random = site.random();
    }

    @Override
    public NDArray forward(final NDArray input, final ForwardPass pass) {
        if (!pass.isTraining() || rate == 0) {
            return input;
        }
        return input.mul(drawMask(input.getShape(), pass));
    }

    private NDArray drawMask(final Shape shape, final ForwardPass pass) {
        final int bytes = Math.toIntExact(shape.size() * Float.BYTES);
        if (mask.capacity() < bytes) {
            mask = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        final float kept = (float) (1 / (1 - rate));
        mask.clear();
        while (mask.position() < bytes) {
            mask.putFloat(random.nextDouble() < rate ? 0 : kept);
        }
        mask.flip();
        return pass.arrays().create(mask, shape, DataType.FLOAT32);
    }
}
