package org.gradienttape.bench;

import java.util.List;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;

/** What is trained on the digits: two hidden Dense layers with ReLU, and ten logits. */
enum Classifier {
    /** The one of Keras' guide. */
    GUIDE("mlp", "Guide's classifier", 64, 64),
    /** Nearly all of its time is that of products. */
    WIDE("mlp-wide", "Classifier 784-1024-1024-10", 1024, 256);

    private final String job;
    private final String title;
    private final int units;
    private final int batchSize;

    Classifier(final String job, final String title, final int units, final int batchSize) {
        this.job = job;
        this.title = title;
        this.units = units;
        this.batchSize = batchSize;
    }

    /** What peers and result files call it. */
    String job() {
        return job;
    }

    String title() {
        return title;
    }

    /** Of each hidden layer. */
    int units() {
        return units;
    }

    int batchSize() {
        return batchSize;
    }

    Network network() {
        return Network.of(
                Shape.of(784),
                List.of(
                        new Layer.Dense(units, Activation.RELU),
                        new Layer.Dense(units, Activation.RELU),
                        new Layer.Dense(10, Activation.NONE)));
    }
}
