package org.gradienttape.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * What someone who uses DJL can do for a transposed convolution with a kernel of 4 x 4 and strides of 2, which its PyTorch
 * engine does not have: [batch, in, height, width] to [batch, out, 2 * height, 2 * width].
 *
 * <p>Each pixel makes 4 x 4 pixels, that is 2 x 2 blocks of 2 x 2 pixels, by one matrix product; blocks of neighbouring
 * pixels overlap and are added up; at each edge one pixel is cut off.
 */
final class DoublingConvolution extends AbstractBlock {
    private static final int BLOCK = 4;

    private final int in;
    private final int out;
    private final Parameter kernel;
    private final Parameter bias;

    DoublingConvolution(final int in, final int out) {
        super();
        this.in = in;
        this.out = out;
        kernel = addParameter(Parameter.builder()
                .setName("kernel")
                .setType(Parameter.Type.WEIGHT)
                .build());
        bias = addParameter(
                Parameter.builder().setName("bias").setType(Parameter.Type.BIAS).build());
    }

    @Override
    protected void prepare(final Shape[] inputShapes) {
        kernel.setShape(new Shape(in, BLOCK * out * BLOCK));
        bias.setShape(new Shape(1, out, 1, 1));
    }

    @Override
    protected NDList forwardInternal(
            final ParameterStore weights,
            final NDList inputs,
            final boolean training,
            final PairList<String, Object> parameters) {
        final NDArray images = inputs.singletonOrThrow(); // [batch, in, height, width]
        final long height = images.getShape().get(2);
        final long width = images.getShape().get(3);
        final NDArray pixels = images.transpose(0, 2, 3, 1).reshape(-1, in);
        final NDArray blocks = pixels.matMul(weights.getValue(kernel, images.getDevice(), training))
                .reshape(-1, height, width, BLOCK, (long) out * BLOCK)
                .transpose(3, 0, 4, 1, 2); // [4 blocks, batch, out * 2 * 2, height, width]
        final NDArray canvas = shifted(blocks, 0)
                .add(shifted(blocks, 1))
                .add(shifted(blocks, 2))
                .add(shifted(blocks, 3)); // [batch, out * 2 * 2, height + 1, width + 1]
        final NDArray output = canvas.reshape(-1, out, 2, 2, height + 1, width + 1)
                .transpose(0, 1, 4, 2, 5, 3)
                .reshape(-1, out, 2 * height + 2, 2 * width + 2)
                .get(":, :, 1:-1, 1:-1")
                .add(weights.getValue(bias, images.getDevice(), training));
        return new NDList(output);
    }

    /** One of the 2 x 2 blocks, moved by its place. */
    private static NDArray shifted(final NDArray blocks, final int block) {
        final int down = block / 2;
        final int right = block % 2;
        return blocks.get(block).pad(new Shape(right, 1 - right, down, 1 - down), 0);
    }

    @Override
    public Shape[] getOutputShapes(final Shape[] inputs) {
        final Shape images = inputs[0];
        return new Shape[] {new Shape(images.get(0), out, 2 * images.get(2), 2 * images.get(3))};
    }
}
