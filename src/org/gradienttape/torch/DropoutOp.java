package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.gradienttape.layer.Layer;

/**
 * While training, sets each number to 0 with the layer's probability and scales the others by 1 / (1 - rate); see
 * {@link DropoutMask}.
 */
final class DropoutOp implements LayerOp {
    private final double rate;
    private final DropoutMask draws;
    private ByteBuffer mask = ByteBuffer.allocateDirect(0);

    DropoutOp(final Layer.Dropout layer, final LayerOps.Site site) {
        this.rate = layer.rate();
        this.draws = new DropoutMask(layer, site.random());
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
        mask.clear();
        draws.draw(bytes / Float.BYTES, mask);
        mask.flip();
        return pass.arrays().create(mask, shape, DataType.FLOAT32);
    }
}
