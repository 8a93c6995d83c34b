package org.gradienttape.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * A classifier by DL4J: fit for each batch, then the accuracy over the validation digits; it counts none while
 * it trains. Arguments: mlp or mlp-wide, threads, folder of the MNIST files.
 */
public final class Dl4jPeer {
    private final Classifier classifier;
    private final List<DataSet> training;
    private final List<DataSet> validation;
    private final int validationSamples;

    private Dl4jPeer(final Classifier classifier, final Digits digits) {
        this.classifier = classifier;
        training = batches(digits, 0, Digits.TRAINING);
        validation = batches(digits, Digits.TRAINING, digits.samples());
        validationSamples = digits.samples() - Digits.TRAINING;
    }

    public static void main(final String[] arguments) throws IOException {
        Nd4j.getEnvironment().setMaxThreads(Integer.parseInt(arguments[1]));
        Nd4j.getEnvironment().setMaxMasterThreads(Integer.parseInt(arguments[1]));
        final Dl4jPeer peer = new Dl4jPeer(Classifier.of(arguments[0]), Digits.read(Path.of(arguments[2])));
        PeerLoop.run("DL4J 1.0.0-M2.1", peer::train);
    }

    private PeerLoop.Result train(final int epochs) {
        final MultiLayerNetwork network = new MultiLayerNetwork(configuration());
        network.init();
        final List<Double> seconds = new ArrayList<>();
        int right = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            final long began = System.nanoTime();
            training.forEach(network::fit);
            right = 0;
            for (final DataSet batch : validation) {
                right += right(network.output(batch.getFeatures()), batch.getLabels());
            }
            seconds.add((System.nanoTime() - began) / 1e9);
        }
        return new PeerLoop.Result((double) right / validationSamples, seconds);
    }

    private static int right(final INDArray predictions, final INDArray labels) {
        return predictions
                .argMax(1)
                .eq(labels.argMax(1))
                .castTo(labels.dataType())
                .sumNumber()
                .intValue();
    }

    private MultiLayerConfiguration configuration() {
        return new NeuralNetConfiguration.Builder()
                .seed(0)
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .updater(new Sgd(1e-3))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(Digits.PIXELS)
                        .nOut(classifier.units())
                        .activation(Activation.RELU)
                        .build())
                .layer(new DenseLayer.Builder()
                        .nIn(classifier.units())
                        .nOut(classifier.units())
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nIn(classifier.units())
                        .nOut(Digits.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
    }

    private List<DataSet> batches(final Digits digits, final int from, final int to) {
        final List<DataSet> batches = new ArrayList<>();
        for (int first = from; first < to; first += classifier.batch()) {
            final int after = Math.min(first + classifier.batch(), to);
            batches.add(new DataSet(
                    Nd4j.create(digits.features(first, after), new long[] {after - first, Digits.PIXELS}, 'c'),
                    oneHot(digits, first, after)));
        }
        return batches;
    }

    private static INDArray oneHot(final Digits digits, final int from, final int to) {
        final float[] numbers = new float[(to - from) * Digits.CLASSES];
        for (int sample = from; sample < to; sample++) {
            numbers[(sample - from) * Digits.CLASSES + digits.labels()[sample]] = 1;
        }
        return Nd4j.create(numbers, new long[] {to - from, Digits.CLASSES}, 'c');
    }
}
