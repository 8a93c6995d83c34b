package org.gradienttape.bench;

import java.io.IOException;
import java.util.List;
import org.gradienttape.data.SampleShape;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSettings;

/**
 * Seconds of the processor per epoch of a classifier that reads the rows of a digit one after the other: LSTM with 128 units,
 * 100 batches of 64 digits, Adam, one thread. Ratios are to the first contestant.
 *
 * <p>Arguments: the number of rounds, 5 if not given; each round trains 3 epochs per contestant, of which the first one does
 * not count. With {@code --peers} also TensorFlow-Java and PyTorch in Python; all start from the same
 * weights, so their losses are the same but for rounding.
 */
public final class LstmBenchmark {
    private static final int DIGITS = 6_400;
    private static final int UNITS = 128;

    private LstmBenchmark() {}

    public static void main(final String[] args) throws IOException {
        new DigitsComparison(
                        "lstm",
                        "LSTM classifier of 28 x 28, 128 units, 100 batches of 64, processor time",
                        network(),
                        SampleShape.FLAT,
                        DIGITS,
                        List.of(Peer.TENSORFLOW, Peer.PYTORCH))
                .run(Arguments.of(args, 5));
    }

    private static Network network() {
        return Network.of(
                Shape.of(784),
                List.of(
                        new Layer.Reshape(Shape.of(28, 28)),
                        new RecurrentLayer.LSTM(
                                UNITS,
                                Activation.TANH,
                                Activation.SIGMOID,
                                true,
                                true,
                                0,
                                0,
                                false,
                                false,
                                Initializer.ORTHOGONAL,
                                WeightSettings.DEFAULT),
                        new Layer.Dense(10, Activation.NONE)));
    }
}
