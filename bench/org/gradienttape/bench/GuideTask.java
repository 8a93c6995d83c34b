package org.gradienttape.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.DatasetReader;
import org.gradienttape.data.DatasetSource;
import org.gradienttape.data.HeldOut;
import org.gradienttape.data.NamedDataset;
import org.gradienttape.data.ReadRequest;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;

/**
 * What Keras' guide trains: 784-64-64-10 on the MNIST digits, pixels as stored, SGD 1e-3, batches of 64, the last
 * 10,000 training images held out.
 *
 * @param training 50,000 digits
 * @param validation 10,000 digits
 */
record GuideTask(Dataset training, Dataset validation) {
    static final int BATCH_SIZE = 64;
    static final int SHUFFLE_BUFFER = 1024;
    static final float LEARNING_RATE = 1e-3f;

    /** Reads the digits from the dataset folder. */
    static GuideTask read(final Path folder) throws IOException {
        final DatasetPair pair = DatasetReader.read(
                new ReadRequest(
                        new DatasetSource.Named(NamedDataset.MNIST, Optional.empty()),
                        new ReadRequest.Form(Scaling.AS_STORED, SampleShape.FLAT),
                        new ReadRequest.Split(new HeldOut.LastSamples(10_000), false, 0)),
                folder.resolve("training"),
                folder.resolve("validation"),
                fraction -> true);
        return new GuideTask(pair.training(), pair.heldOut().orElseThrow());
    }

    static Network network() {
        return Network.of(
                Shape.of(784),
                List.of(
                        new Layer.Dense(64, Activation.RELU),
                        new Layer.Dense(64, Activation.RELU),
                        new Layer.Dense(10, Activation.NONE)));
    }
}
