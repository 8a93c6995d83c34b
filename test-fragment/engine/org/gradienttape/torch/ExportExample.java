package org.gradienttape.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.AttentionLayer;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.DefaultLayers;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NetworkDrawing;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Penalty;
import org.gradienttape.layer.Presets;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.SequenceLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.layer.Weights;
import org.gradienttape.layer.Window;
import org.gradienttape.layer.WrapperLayer;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;

/** A model that is written to files for other programs, with random weights; and what it predicts here. */
record ExportExample(String name, Model model) {
    /** Batch sizes; none of them is one that a file is traced with. */
    static final int[] BATCHES = {1, 3, 64};

    /** Each kind of layer alone, each activation, paddings and strides, and whole networks. */
    static Stream<ExportExample> all() {
        return Stream.of(
                        LayerExample.all().map(LayerExample::network),
                        Arrays.stream(Activation.values())
                                .map(activation -> Network.of(Shape.of(6), List.of(new Layer.Dense(4, activation)))),
                        windows().flatMap(ExportExample::ofWindow),
                        Stream.of(
                                classifier(),
                                residual(),
                                ofWords(),
                                ofMeasurements(),
                                Presets.dcganGenerator(),
                                Presets.dcganDiscriminator()))
                .flatMap(networks -> networks)
                .map(ExportExample::of);
    }

    static ExportExample of(final Network network) {
        List<String> layers = network.nodes().stream()
                .map(node -> node.layer() + " of " + node.input())
                .toList();
        return new ExportExample(String.join(", ", layers), new Model(network, random(network), Provenance.of("Test")));
    }

    private static Stream<Window> windows() {
        return Stream.of(Padding.VALID, Padding.SAME)
                .flatMap(padding -> Stream.of(
                        new Window(1, 1, 1, 1, padding),
                        new Window(3, 3, 1, 1, padding),
                        new Window(2, 4, 1, 1, padding),
                        new Window(3, 2, 2, 3, padding),
                        new Window(2, 2, 3, 3, padding)));
    }

    private static Stream<Network> ofWindow(final Window window) {
        Stream<Layer> poolings =
                Stream.of(new ImageLayer.MaxPooling2D(window), new ImageLayer.AveragePooling2D(window));
        Stream<Layer> convolutions = Stream.of(1, 3, 4, 5)
                .flatMap(filters -> Stream.of(
                        new ImageLayer.Conv2D(filters, window, Activation.RELU, filters % 2 == 1),
                        new ImageLayer.Conv2DTranspose(filters, window, Activation.TANH, filters % 2 == 1)));
        return Stream.concat(poolings, convolutions).map(layer -> Network.of(Shape.of(7, 6, 2), List.of(layer)));
    }

    private static Network ofWords() {
        return Network.of(
                Shape.of(7),
                List.of(
                        new MaskingLayer.Embedding(4, 5, Initializer.ONES, Penalty.NONE, true),
                        new WrapperLayer.Bidirectional(gru(true, false), WrapperLayer.MergeMode.SUM),
                        new AttentionLayer.MultiHeadAttention(2, 3, 3, 0, true, false, WeightSettings.DEFAULT),
                        new SequenceLayer.GlobalAveragePooling1D()));
    }

    private static Network ofMeasurements() {
        return Network.of(
                Shape.of(6, 1), List.of(new MaskingLayer.Masking(1), gru(true, true), DefaultLayers.lstm(3, false)));
    }

    private static RecurrentLayer.GRU gru(final boolean returnSequences, final boolean goBackwards) {
        return new RecurrentLayer.GRU(
                4,
                Activation.TANH,
                Activation.SIGMOID,
                true,
                0,
                0,
                returnSequences,
                goBackwards,
                Initializer.ORTHOGONAL,
                WeightSettings.DEFAULT);
    }

    private static Network classifier() {
        return Network.of(
                Shape.of(28, 28, 1),
                List.of(
                        new ImageLayer.Conv2D(8, Window.square(3, 1, Padding.SAME), Activation.RELU),
                        new ImageLayer.MaxPooling2D(Window.square(2, 2, Padding.VALID)),
                        new NormalizationLayer.BatchNormalization(),
                        new ImageLayer.Conv2D(2, Window.square(3, 1, Padding.SAME), Activation.GELU),
                        new Layer.Flatten(),
                        new Layer.Dropout(0.5),
                        new Layer.Dense(32, Activation.SILU),
                        new Layer.Dense(10, Activation.SOFTMAX)));
    }

    private static Network residual() {
        NetworkDrawing drawing = new NetworkDrawing(Shape.of(8, 8, 3));
        Window window = Window.square(3, 1, Padding.SAME);
        String first = drawing.add(new ImageLayer.Conv2D(4, window, Activation.RELU));
        drawing.add(new NormalizationLayer.BatchNormalization());
        drawing.add(new JoinLayer.Add(), first, drawing.add(new ImageLayer.Conv2D(4, window, Activation.NONE)));
        String pooled = drawing.add(new ImageLayer.GlobalAveragePooling2D());
        String one = drawing.add(new Layer.Dense(4, Activation.SIGMOID));
        String other = drawing.add(new JoinLayer.Multiply(), one, pooled);
        drawing.add(new JoinLayer.Concatenate(), pooled, other);
        drawing.add(new Layer.Dense(3, Activation.SOFTMAX));
        return drawing.network();
    }

    /** Variances above 0; fans of a size that keeps the numbers between layers small. */
    private static Weights random(final Network network) {
        SplittableRandom random = new SplittableRandom(5);
        Map<String, float[]> values = new HashMap<>();
        for (final Network.Node node : network.nodes()) {
            for (final WeightSpec weight : node.weights()) {
                boolean isVariance = weight.name().endsWith("moving_variance");
                double limit = 1 / Math.sqrt(weight.fanIn());
                float[] numbers = new float[weight.shape().size()];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = (float) (isVariance ? random.nextDouble(0.5, 2) : random.nextDouble(-limit, limit));
                }
                values.put(node.weightName(weight), numbers);
            }
        }
        return Weights.of(network, values);
    }

    /** Numbers from -1 to 1; whole ones, of which some are masked, where the network knows such. */
    float[] batch(final int size) {
        SplittableRandom random = new SplittableRandom(size);
        float[] numbers = new float[size * model.network().input().size()];
        boolean wholeOnly = model.network().layers().get(0) instanceof MaskingLayer
                || !MaskingLayer.ofSamples(model.network()).isEmpty();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = wholeOnly ? random.nextInt(3) : (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    long[] shape(final int batch) {
        return batchOf(model.network().input(), batch);
    }

    static long[] batchOf(final Shape sample, final int batch) {
        return LongStream.concat(
                        LongStream.of(batch), sample.dimensions().stream().mapToLong(Integer::longValue))
                .toArray();
    }

    /** What the network computes here. */
    float[] predictions(final int batch) {
        return Computed.with(Execution.EAGER, c -> {
            CallableNetwork network =
                    Callable.of(model.network(), model.weights(), c, c::machine, new SplittableRandom(0));
            List<Fetched> outputs = new ArrayList<>();
            c.step(() ->
                    outputs.add(c.fetch(network.call(c.machine().tensor(batch(batch), shape(batch)), Mode.INFERENCE))));
            c.finish();
            return outputs.get(0).numbers();
        });
    }

    /** The gradients of the sum of all predictions by the weights that are trained. */
    List<float[]> gradients(final int batch) {
        return Computed.with(Execution.EAGER, c -> {
            CallableNetwork network =
                    Callable.of(model.network(), model.weights(), c, c::machine, new SplittableRandom(0));
            List<Fetched> gradients = new ArrayList<>();
            c.step(() -> {
                try (GradientTape tape = new GradientTape()) {
                    Tensor sum = network.call(c.machine().tensor(batch(batch), shape(batch)), Mode.INFERENCE)
                            .sum();
                    tape.gradient(sum, network.trainableWeights())
                            .forEach(gradient -> gradients.add(c.fetch(gradient)));
                }
            });
            c.finish();
            return gradients.stream().map(Fetched::numbers).toList();
        });
    }

    @Override
    public String toString() {
        return name;
    }
}
