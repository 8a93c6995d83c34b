package org.gradienttape.bench;

import java.io.IOException;
import java.util.List;
import org.gradienttape.data.SampleShape;
import org.gradienttape.layer.Branch;
import org.gradienttape.layer.Edges;
import org.gradienttape.layer.ImageFrameLayer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Presets;
import org.gradienttape.layer.Shape;

/**
 * Seconds of the processor per epoch of a residual network of 20 layers on images of 32 x 32: 10 batches of 64 digits with
 * two lines of zeros around them, Adam, one thread. Ratios are to the first contestant.
 *
 * <p>Arguments: the number of rounds, 3 if not given; each round trains 3 epochs per contestant, of which the first one does
 * not count. With {@code --peers} also PyTorch in Python, from the same weights.
 */
public final class ResidualBenchmark {
    private static final int DIGITS = 640;
    private static final int BLOCKS = 3;
    private static final int CLASSES = 10;

    private ResidualBenchmark() {}

    public static void main(final String[] args) throws IOException {
        new DigitsComparison(
                        "residual",
                        "Residual network of 20 layers, 10 batches of 64 images of 32 x 32, processor time",
                        network(),
                        SampleShape.IMAGE,
                        DIGITS,
                        List.of(Peer.PYTORCH))
                .run(Arguments.of(args, 3));
    }

    private static Network network() {
        final Edges two = new Edges(2, 2, 2, 2);
        return Branch.of(Network.of(Shape.of(28, 28, 1), List.of(new ImageFrameLayer.ZeroPadding2D(two))), "bench")
                .with(Presets.residual(Shape.of(32, 32, 1), BLOCKS, CLASSES), "bench")
                .network();
    }
}
