package org.gradienttape.torch;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.AttentionLayer;
import org.gradienttape.layer.AugmentationLayer;
import org.gradienttape.layer.AugmentationLayer.Fill;
import org.gradienttape.layer.AugmentationLayer.Flip;
import org.gradienttape.layer.Edges;
import org.gradienttape.layer.ImageFrameLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NetworkDrawing;
import org.gradienttape.layer.NoiseLayer;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Penalty;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.ScalingLayer;
import org.gradienttape.layer.SequenceLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Size;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.layer.Window;
import org.gradienttape.layer.WrapperLayer;

/**
 * A layer with what Keras' model.summary() says of it.
 *
 * @param output the shape of one output sample for this input
 * @param parameters how many numbers all its weights hold
 */
record LayerExample(Layer layer, Shape input, Shape output, int parameters) {
    private static final Shape VECTOR = Shape.of(6);
    private static final Shape IMAGE = Shape.of(5, 4, 2);
    private static final Shape SEQUENCE = Shape.of(6, 2);
    private static final WeightSettings COSTLY = new WeightSettings(
            Initializer.HE_NORMAL,
            Initializer.RANDOM_UNIFORM,
            new Penalty(0.01, 0.02),
            new Penalty(0.02, 0.01),
            new Penalty(0.001, 0.002));
    private static final WeightSettings COSTLY_WEIGHTS = new WeightSettings(
            COSTLY.kernelInitializer(),
            COSTLY.biasInitializer(),
            COSTLY.kernelRegularizer(),
            COSTLY.biasRegularizer(),
            Penalty.NONE);

    /** At least one of each kind; those with padding on odd and even sizes. */
    static Stream<LayerExample> all() {
        return Stream.of(
                        forVectors(),
                        convolutions(),
                        kindsOfConvolutions(),
                        poolings(),
                        frames(),
                        augmentations(),
                        sequences(),
                        recurrences(),
                        eachStep(),
                        normalizations(),
                        activations(),
                        joins(),
                        inJava())
                .flatMap(examples -> examples);
    }

    /** All kinds of layers that can be. */
    static List<Class<?>> kinds(final Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(kind -> kinds(kind).stream())
                        .toList()
                : List.of(type);
    }

    /** A layer that joins gets the input and what another one makes of it. */
    Network network() {
        return drawing().network();
    }

    NetworkDrawing drawing() {
        final NetworkDrawing drawing = new NetworkDrawing(input);
        if (layer instanceof JoinLayer) {
            drawing.add(layer, Network.INPUT, drawing.add(new ActivationLayer.Tanh()));
        } else {
            drawing.add(layer);
        }
        return drawing;
    }

    private static Stream<LayerExample> forVectors() {
        return Stream.of(
                new LayerExample(new Layer.Dense(4, Activation.RELU), VECTOR, Shape.of(4), 28),
                new LayerExample(new Layer.Dense(4, Activation.NONE, false), VECTOR, Shape.of(4), 24),
                new LayerExample(new Layer.Dense(4, Activation.TANH), VECTOR, Shape.of(4), 28),
                new LayerExample(new Layer.ReLU(), VECTOR, VECTOR, 0),
                new LayerExample(new Layer.Flatten(), IMAGE, Shape.of(40), 0),
                new LayerExample(new Layer.Reshape(Shape.of(3, 2)), VECTOR, Shape.of(3, 2), 0),
                new LayerExample(new Layer.Dropout(0.2), VECTOR, VECTOR, 0),
                new LayerExample(new Layer.ActivityRegularization(0.1, 0.2), VECTOR, VECTOR, 0),
                new LayerExample(new Layer.Dense(4, Activation.TANH, true, COSTLY), VECTOR, Shape.of(4), 28),
                new LayerExample(new NoiseLayer.GaussianNoise(0.01), VECTOR, VECTOR, 0),
                new LayerExample(new Layer.InputColumns(List.of(1, 2, 5)), VECTOR, Shape.of(3), 0),
                new LayerExample(new ScalingLayer.Rescaling(2, -1), VECTOR, VECTOR, 0),
                new LayerExample(
                        new ScalingLayer.Normalization(List.of(0.5, 0.25), List.of(4.0, 0.5), false),
                        Shape.of(3, 2),
                        Shape.of(3, 2),
                        0),
                new LayerExample(new ScalingLayer.Normalization(List.of(0.5), List.of(4.0), true), VECTOR, VECTOR, 0));
    }

    private static Stream<LayerExample> convolutions() {
        return Stream.of(
                conv(Window.square(3, 1, Padding.VALID), Shape.of(3, 2, 3), 57),
                conv(Window.square(3, 1, Padding.SAME), Shape.of(5, 4, 3), 57),
                conv(Window.square(3, 2, Padding.SAME), Shape.of(3, 2, 3), 57),
                conv(new Window(2, 3, 3, 1, Padding.SAME), Shape.of(2, 4, 3), 39),
                conv(Window.square(1, 3, Padding.VALID), Shape.of(2, 2, 3), 9),
                new LayerExample(
                        new ImageLayer.Conv2D(2, Window.square(2, 2, Padding.VALID), Activation.SIGMOID, false),
                        IMAGE,
                        Shape.of(2, 2, 2),
                        16),
                transpose(Window.square(4, 2, Padding.SAME), Shape.of(10, 8, 3), 99),
                transpose(Window.square(3, 2, Padding.SAME), Shape.of(10, 8, 3), 57),
                transpose(Window.square(3, 2, Padding.VALID), Shape.of(11, 9, 3), 57),
                transpose(new Window(2, 1, 3, 2, Padding.SAME), Shape.of(15, 8, 3), 15),
                transpose(new Window(2, 5, 3, 2, Padding.VALID), Shape.of(15, 11, 3), 63),
                new LayerExample(
                        new ImageLayer.Conv2DTranspose(2, Window.square(3, 1, Padding.SAME), Activation.ELU, false),
                        IMAGE,
                        IMAGE,
                        36));
    }

    private static Stream<LayerExample> kindsOfConvolutions() {
        final Window window = Window.square(2, 1, Padding.SAME);
        return Stream.of(
                new LayerExample(
                        new ImageLayer.Conv2D(
                                4, window, new Size(2, 1), 2, Activation.TANH, true, WeightSettings.DEFAULT),
                        IMAGE,
                        Shape.of(5, 4, 4),
                        2 * 2 * 4 + 4),
                new LayerExample(
                        new ImageLayer.DepthwiseConv2D(window, 2, new Size(1, 2), Activation.NONE, true, COSTLY),
                        IMAGE,
                        Shape.of(5, 4, 4),
                        2 * 2 * 2 * 2 + 4),
                new LayerExample(
                        new ImageLayer.SeparableConv2D(
                                3, window, 2, new Size(1, 1), Activation.NONE, true, WeightSettings.DEFAULT),
                        IMAGE,
                        Shape.of(5, 4, 3),
                        2 * 2 * 2 * 2 + 4 * 3 + 3));
    }

    private static Stream<LayerExample> frames() {
        return Stream.of(
                new LayerExample(new ImageFrameLayer.UpSampling2D(new Size(2, 3)), IMAGE, Shape.of(10, 12, 2), 0),
                new LayerExample(new ImageFrameLayer.ZeroPadding2D(new Edges(1, 0, 2, 3)), IMAGE, Shape.of(6, 9, 2), 0),
                new LayerExample(new ImageFrameLayer.Cropping2D(new Edges(1, 0, 2, 1)), IMAGE, Shape.of(4, 1, 2), 0),
                new LayerExample(new NoiseLayer.SpatialDropout2D(0.3), IMAGE, IMAGE, 0));
    }

    private static Stream<LayerExample> augmentations() {
        return Stream.of(
                        new AugmentationLayer.RandomFlip(Flip.HORIZONTAL_AND_VERTICAL),
                        new AugmentationLayer.RandomTranslation(0.2, 0.3, Fill.REFLECT, 0),
                        new AugmentationLayer.RandomRotation(0.2, Fill.CONSTANT, 0.5),
                        new AugmentationLayer.RandomZoom(0.3, -1, Fill.NEAREST, 0),
                        new AugmentationLayer.RandomContrast(0.4, -2, 2))
                .map(layer -> new LayerExample(layer, IMAGE, IMAGE, 0));
    }

    private static Stream<LayerExample> sequences() {
        return Stream.of(
                conv1D(2, Padding.VALID, 1, Shape.of(2, 4)),
                conv1D(2, Padding.SAME, 1, Shape.of(3, 4)),
                conv1D(1, Padding.CAUSAL, 2, Shape.of(6, 4)),
                new LayerExample(
                        new SequenceLayer.Conv1DTranspose(
                                3, 4, 2, Padding.SAME, Activation.NONE, true, WeightSettings.DEFAULT),
                        SEQUENCE,
                        Shape.of(12, 3),
                        4 * 3 * 2 + 3),
                new LayerExample(new SequenceLayer.MaxPooling1D(3, 2, Padding.SAME), SEQUENCE, Shape.of(3, 2), 0),
                new LayerExample(new SequenceLayer.AveragePooling1D(3, 2, Padding.VALID), SEQUENCE, Shape.of(2, 2), 0),
                new LayerExample(new SequenceLayer.GlobalMaxPooling1D(), SEQUENCE, Shape.of(2), 0),
                new LayerExample(new SequenceLayer.GlobalAveragePooling1D(), SEQUENCE, Shape.of(2), 0));
    }

    private static Stream<LayerExample> recurrences() {
        return Stream.of(
                new LayerExample(
                        new RecurrentLayer.SimpleRNN(
                                3, Activation.TANH, true, 0, 0, false, false, Initializer.ORTHOGONAL, COSTLY),
                        SEQUENCE,
                        Shape.of(3),
                        2 * 3 + 3 * 3 + 3),
                lstm(true, 0, false, false, Shape.of(3)),
                lstm(true, 0, true, true, Shape.of(6, 3)),
                gru(true, true, false, Shape.of(6, 3), 2 * 9),
                gru(false, false, true, Shape.of(3), 0),
                new LayerExample(new Layer.Dense(3, Activation.TANH), SEQUENCE, Shape.of(6, 3), 2 * 3 + 3),
                new LayerExample(new MaskingLayer.Masking(0.5), SEQUENCE, SEQUENCE, 0),
                new LayerExample(
                        new MaskingLayer.Embedding(5, 3, Initializer.RANDOM_UNIFORM, new Penalty(0.01, 0.02), true),
                        VECTOR,
                        Shape.of(6, 3),
                        5 * 3),
                new LayerExample(
                        new WrapperLayer.Bidirectional(
                                lstm(true, 0, true, false, Shape.of(6, 3)).layer(), WrapperLayer.MergeMode.CONCAT),
                        SEQUENCE,
                        Shape.of(6, 6),
                        2 * 4 * (2 * 3 + 3 * 3 + 3)),
                new LayerExample(
                        new AttentionLayer.MultiHeadAttention(2, 3, 4, 0, true, true, COSTLY),
                        SEQUENCE,
                        SEQUENCE,
                        2 * (2 * 6 + 6) + 2 * 8 + 8 + 8 * 2 + 2));
    }

    private static Stream<LayerExample> eachStep() {
        final Shape images = Shape.of(3, 5, 4, 2);
        return Stream.of(
                eachStep(new Layer.Dense(4, Activation.TANH), SEQUENCE, Shape.of(6, 4), 12),
                eachStep(
                        new ImageLayer.Conv2D(3, Window.square(3, 1, Padding.VALID), Activation.NONE),
                        images,
                        Shape.of(3, 3, 2, 3),
                        57),
                eachStep(new NormalizationLayer.BatchNormalization(), images, images, 8),
                eachStep(new Layer.Flatten(), images, Shape.of(3, 40), 0),
                eachStep(new Layer.Dropout(0.1), SEQUENCE, SEQUENCE, 0),
                eachStep(
                        new ImageLayer.SeparableConv2D(
                                3,
                                Window.square(2, 1, Padding.SAME),
                                2,
                                new Size(1, 1),
                                Activation.TANH,
                                true,
                                COSTLY_WEIGHTS),
                        images,
                        Shape.of(3, 5, 4, 3),
                        2 * 2 * 2 * 2 + 4 * 3 + 3),
                eachStep(
                        new MaskingLayer.Embedding(5, 3, Initializer.RANDOM_UNIFORM, new Penalty(0.01, 0.02), false),
                        Shape.of(2, 3),
                        Shape.of(2, 3, 3),
                        5 * 3),
                eachStep(
                        new WrapperLayer.Bidirectional(
                                lstm(true, 0, true, false, Shape.of(6, 3)).layer(), WrapperLayer.MergeMode.AVE),
                        Shape.of(2, 6, 2),
                        Shape.of(2, 6, 3),
                        2 * 4 * (2 * 3 + 3 * 3 + 3)),
                eachStep(
                        lstm(true, 0, false, false, Shape.of(3)).layer(),
                        Shape.of(2, 6, 2),
                        Shape.of(2, 3),
                        4 * (2 * 3 + 3 * 3 + 3)));
    }

    private static LayerExample eachStep(
            final Layer layer, final Shape input, final Shape output, final int parameters) {
        return new LayerExample(new WrapperLayer.TimeDistributed(layer), input, output, parameters);
    }

    private static LayerExample lstm(
            final boolean useBias,
            final double dropout,
            final boolean returnSequences,
            final boolean goBackwards,
            final Shape output) {
        return new LayerExample(
                new RecurrentLayer.LSTM(
                        3,
                        Activation.TANH,
                        Activation.SIGMOID,
                        useBias,
                        true,
                        dropout,
                        dropout,
                        returnSequences,
                        goBackwards,
                        Initializer.ORTHOGONAL,
                        WeightSettings.DEFAULT),
                SEQUENCE,
                output,
                4 * (2 * 3 + 3 * 3 + 3));
    }

    private static LayerExample gru(
            final boolean useBias,
            final boolean returnSequences,
            final boolean goBackwards,
            final Shape output,
            final int biases) {
        return new LayerExample(
                new RecurrentLayer.GRU(
                        3,
                        Activation.TANH,
                        Activation.SIGMOID,
                        useBias,
                        0,
                        0,
                        returnSequences,
                        goBackwards,
                        Initializer.GLOROT_UNIFORM,
                        WeightSettings.DEFAULT),
                SEQUENCE,
                output,
                3 * (2 * 3 + 3 * 3) + biases);
    }

    private static LayerExample conv1D(
            final int strides, final Padding padding, final int dilation, final Shape output) {
        return new LayerExample(
                new SequenceLayer.Conv1D(
                        4, 3, strides, padding, dilation, 1, Activation.NONE, true, WeightSettings.DEFAULT),
                SEQUENCE,
                output,
                3 * 2 * 4 + 4);
    }

    private static Stream<LayerExample> poolings() {
        return Stream.of(Padding.VALID, Padding.SAME).flatMap(padding -> {
            final Window window = new Window(2, 3, 2, 3, padding);
            final Shape output = padding == Padding.VALID ? Shape.of(2, 1, 2) : Shape.of(3, 2, 2);
            return Stream.of(
                    new LayerExample(new ImageLayer.MaxPooling2D(window), IMAGE, output, 0),
                    new LayerExample(new ImageLayer.AveragePooling2D(window), IMAGE, output, 0),
                    new LayerExample(new ImageLayer.GlobalMaxPooling2D(), IMAGE, Shape.of(2), 0),
                    new LayerExample(new ImageLayer.GlobalAveragePooling2D(), IMAGE, Shape.of(2), 0));
        });
    }

    private static Stream<LayerExample> normalizations() {
        return Stream.of(
                new LayerExample(new NormalizationLayer.BatchNormalization(), IMAGE, IMAGE, 8),
                new LayerExample(new NormalizationLayer.BatchNormalization(0.5, 0.1, false, false), VECTOR, VECTOR, 12),
                new LayerExample(new NormalizationLayer.LayerNormalization(), IMAGE, IMAGE, 4),
                new LayerExample(new NormalizationLayer.LayerNormalization(0.1, true, false), VECTOR, VECTOR, 6),
                new LayerExample(
                        new NormalizationLayer.GroupNormalization(2, 1e-3, true, true),
                        Shape.of(3, 2, 4),
                        Shape.of(3, 2, 4),
                        8));
    }

    private static Stream<LayerExample> activations() {
        final LayerExample learned =
                new LayerExample(new ActivationLayer.PReLU(Initializer.RANDOM_UNIFORM, List.of(1, 2)), IMAGE, IMAGE, 2);
        final Stream<ActivationLayer> fixed = Stream.of(
                new ActivationLayer.LeakyReLU(),
                new ActivationLayer.ELU(0.7),
                new ActivationLayer.GELU(false),
                new ActivationLayer.GELU(true),
                new ActivationLayer.SiLU(),
                new ActivationLayer.Sigmoid(),
                new ActivationLayer.Tanh(),
                new ActivationLayer.Softmax());
        return Stream.concat(Stream.of(learned), fixed.map(layer -> new LayerExample(layer, IMAGE, IMAGE, 0)));
    }

    private static Stream<LayerExample> joins() {
        return Stream.concat(
                Stream.of(
                                new JoinLayer.Add(),
                                new JoinLayer.Subtract(),
                                new JoinLayer.Multiply(),
                                new JoinLayer.Average(),
                                new JoinLayer.Maximum(),
                                new JoinLayer.Minimum())
                        .map(layer -> new LayerExample(layer, IMAGE, IMAGE, 0)),
                Stream.of(
                        new LayerExample(new JoinLayer.Concatenate(), IMAGE, Shape.of(5, 4, 4), 0),
                        new LayerExample(new JoinLayer.Concatenate(1), IMAGE, Shape.of(10, 4, 2), 0),
                        new LayerExample(new JoinLayer.Concatenate(-2), IMAGE, Shape.of(5, 8, 2), 0)));
    }

    private static Stream<LayerExample> inJava() {
        return Stream.of(new LayerExample(
                JavaLayers.one(JavaLayers.OF_ALL_KINDS, VECTOR), VECTOR, Shape.of(12), 42 + 24 + 6 + 6));
    }

    private static LayerExample conv(final Window window, final Shape output, final int parameters) {
        return new LayerExample(new ImageLayer.Conv2D(3, window, Activation.NONE), IMAGE, output, parameters);
    }

    private static LayerExample transpose(final Window window, final Shape output, final int parameters) {
        return new LayerExample(new ImageLayer.Conv2DTranspose(3, window, Activation.NONE), IMAGE, output, parameters);
    }
}
